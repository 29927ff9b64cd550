import lighthouse, { type Result } from 'lighthouse'
import type { View } from './views'

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const

export type Audit = ReturnType<typeof readResult>

/** How a slow phone comes about: reckoned from a fast load, as Lighthouse does by itself, or by slowing network and processor down. */
export type Throttling = 'simulate' | 'devtools'

/** Lighthouse's phone on its slow 4G. What does not depend on speed is looked at once, where the load is reckoned. */
export async function audit({ url, cookies }: View, port: number, throttlingMethod: Throttling) {
  const extraHeaders = cookies ? { cookie: cookies } : undefined
  const outcome = await lighthouse(url, {
    port,
    logLevel: 'error',
    onlyCategories: throttlingMethod === 'simulate' ? [...CATEGORIES] : ['performance'],
    throttlingMethod,
    disableFullPageScreenshot: true,
    ...(extraHeaders && { extraHeaders }),
  })
  if (!outcome) throw new Error(`Lighthouse found nothing at ${url}`)
  if (outcome.lhr.runtimeError)
    throw new Error(`Lighthouse could not look at ${url}: ${outcome.lhr.runtimeError.message}`)
  return readResult(outcome.lhr)
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

/** What keeps accessibility, best practices and SEO from 100. */
function listFailed(categories: Result['categories'], audits: Result['audits']) {
  const weighed = Object.entries(categories).flatMap(([id, { auditRefs }]) =>
    id === 'performance' ? [] : auditRefs.filter(({ weight }) => weight > 0),
  )
  return weighed.map(({ id }) => id).filter((id) => (audits[id]?.score ?? 1) < 1)
}
