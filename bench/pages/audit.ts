import type { Browser } from 'playwright-core'
import { loadLighthouse, type Result } from './lighthouse'
import { isSamePage, type MeasuredPage } from './measured-pages'

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const

export type Audit = ReturnType<typeof readResult>

/**
 * How Lighthouse emulates a slow phone: `simulate` computes it from a fast load, `devtools`
 * throttles network and CPU.
 */
export type Throttling = 'simulate' | 'devtools'

/** A browser, and the port at which Lighthouse controls it. */
export type RemoteBrowser = { browser: Browser; port: number }

/**
 * Audits a page as a phone on slow 4G. The categories that do not depend on speed are audited with
 * `simulate` only. Throws when the page leads to another one.
 */
export async function audit(
  { url, cookies }: MeasuredPage,
  { browser, port }: RemoteBrowser,
  throttlingMethod: Throttling,
) {
  await setCookies(browser, cookies)
  const lighthouse = await loadLighthouse()
  const outcome = await lighthouse(url, {
    port,
    logLevel: 'error',
    onlyCategories: throttlingMethod === 'simulate' ? [...CATEGORIES] : ['performance'],
    throttlingMethod,
    disableFullPageScreenshot: true,
  })
  if (!outcome) throw new Error(`Lighthouse returned no result for ${url}`)
  if (outcome.lhr.runtimeError)
    throw new Error(`Lighthouse could not audit ${url}: ${outcome.lhr.runtimeError.message}`)
  if (!isSamePage(outcome.lhr.finalDisplayedUrl, url))
    throw new Error(`${url} led to ${outcome.lhr.finalDisplayedUrl}`)
  return readResult(outcome.lhr)
}

/**
 * Lighthouse opens pages in the browser's default context, which keeps the cookies of earlier pages.
 * These cookies would replace a Cookie header among Lighthouse's extra headers.
 */
async function setCookies(browser: Browser, cookies: MeasuredPage['cookies']) {
  const devtools = await browser.newBrowserCDPSession()
  await devtools.send('Storage.clearCookies')
  await devtools.send('Storage.setCookies', {
    cookies: cookies.map(({ name, value, domain, path }) => ({ name, value, domain, path })),
  })
  await devtools.detach()
}

function readResult({ categories, audits, environment }: Result) {
  const score = (category: string) => Math.round((categories[category]?.score ?? Number.NaN) * 100)
  const value = (name: string) => audits[name]?.numericValue ?? Number.NaN
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    bestPractices: score('best-practices'),
    seo: score('seo'),
    lcpMs: value('largest-contentful-paint'),
    cls: value('cumulative-layout-shift'),
    tbtMs: value('total-blocking-time'),
    benchmarkIndex: environment.benchmarkIndex,
    failed: listFailed(categories, audits),
  }
}

/** The failed audits of accessibility, best practices and SEO that lower the score. */
function listFailed(categories: Result['categories'], audits: Result['audits']) {
  const weighted = Object.entries(categories).flatMap(([id, { auditRefs }]) =>
    id === 'performance' ? [] : auditRefs.filter(({ weight }) => weight > 0),
  )
  return weighted.map(({ id }) => id).filter((id) => (audits[id]?.score ?? 1) < 1)
}
