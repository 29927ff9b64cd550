import os from 'node:os'
import type { Browser, Page } from 'playwright-core'
import { withPages } from '@/bench/pages/listing'
import { isSamePage, type MeasuredPage } from '@/bench/pages/measured-pages'
import { median } from '@/bench/support/figures'
import { describeHost } from '@/bench/support/machine'

const LOADS = 15
/** Loads with one reset, whose code must not expire meanwhile. */
const LOADS_OF_A_RESET = 5
/** As Lighthouse's phone. */
const CPU_SLOWDOWN = 4
const PHONE = { width: 412, height: 823 }
/** A task blocks by what it takes above this time. */
const UNNOTICED_MS = 50
/** Until the browser has reported the tasks that it has kept. */
const REPORT_MS = 500

export type BlockingFigures = Awaited<ReturnType<typeof measureBlocking>>

/** Loads each page and an empty page of Next in turn, each time in a new browser context. */
export async function measureBlocking(browser: Browser) {
  const machine = { ...describeHost(), chromium: browser.version() }
  return withPages(browser, async (listPages) => {
    let listed = await listPages()
    const pages = listed.map(({ name, hasForm }) => ({ name, hasForm, loadsMs: [] as number[] }))
    for (let load = 0; load < LOADS; load++) {
      if (load > 0 && load % LOADS_OF_A_RESET === 0) listed = await listPages()
      for (const [nth, page] of listed.entries())
        pages[nth]?.loadsMs.push(await blockingTimeOf(browser, page))
    }
    return {
      machine,
      loads: LOADS,
      slowdown: CPU_SLOWDOWN,
      pages: pages.map((page) => ({ ...page, medianMs: median(page.loadsMs) })),
      loadAtEnd: os.loadavg()[0] ?? 0,
    }
  })
}

/** Throws when the page leads to another one. */
async function blockingTimeOf(browser: Browser, { url, cookies }: MeasuredPage) {
  const context = await browser.newContext({
    viewport: PHONE,
    isMobile: true,
    hasTouch: true,
    locale: 'id-ID',
  })
  try {
    await context.addCookies(cookies)
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN })
    await page.goto(url, { waitUntil: 'networkidle' })
    if (!isSamePage(page.url(), url)) throw new Error(`${url} led to ${page.url()}`)
    return sumBlocking(await readTasks(page))
  } finally {
    await context.close()
  }
}

/** The long tasks of a page until now, and when it painted its first content. */
const readTasks = (page: Page) =>
  page.evaluate(async (reportMs) => {
    const tasks: { startMs: number; ms: number }[] = []
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries())
        tasks.push({ startMs: startTime, ms: duration })
    }).observe({ type: 'longtask', buffered: true })
    await new Promise((resolve) => setTimeout(resolve, reportMs))
    const [paint] = performance.getEntriesByName('first-contentful-paint')
    return { tasks, paintMs: paint?.startTime ?? 0 }
  }, REPORT_MS)

/** As Lighthouse sums it: of a task that began before the first paint counts the part after the paint. */
const sumBlocking = ({ tasks, paintMs }: Awaited<ReturnType<typeof readTasks>>) =>
  tasks
    .map(({ startMs, ms }) => ms - Math.max(0, paintMs - startMs) - UNNOTICED_MS)
    .reduce((sum, blockingMs) => sum + Math.max(0, blockingMs), 0)
