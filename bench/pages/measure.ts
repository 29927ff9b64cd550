import os from 'node:os'
import type { Browser } from 'playwright-core'
import { median } from '@/bench/support/figures'
import { describeHost } from '@/bench/support/machine'
import { type Audit, audit, type RemoteBrowser } from './audit'
import { type ListPages, withPages } from './listing'
import type { MeasuredPage } from './measured-pages'
import { measureScriptBytes } from './script-bytes'

const LIGHTHOUSE_RUNS = 9

export type PageFigures = Awaited<ReturnType<typeof measurePages>>

/** Starts the product and an empty page, and measures every page of both. */
export async function measurePages(browser: Browser, port: number) {
  const machine = { ...describeHost(), chromium: browser.version() }
  return withPages(browser, async (listPages) => {
    const measured = await listPages()
    const scriptBytes = new Map<string, number>()
    for (const page of measured) scriptBytes.set(page.name, await measureScriptBytes(browser, page))
    const audits = await auditAll(measured, listPages, { browser, port })
    const pages = measured.map(({ name, hasForm }, nth) => ({
      name,
      hasForm,
      scriptBytes: scriptBytes.get(name) ?? Number.NaN,
      simulated: speedOf(audits[nth]?.simulated ?? []),
      applied: speedOf(audits[nth]?.applied ?? []),
      quality: qualityOf(audits[nth]?.simulated ?? []),
    }))
    return { machine, pages, runs: LIGHTHOUSE_RUNS, loadAtEnd: os.loadavg()[0] ?? 0 }
  })
}

/**
 * Alternates between the pages, so that other load on the machine affects all of them. `listPages`
 * lists the same pages with a new reset. A run takes five minutes, and a code is valid for ten. One
 * identifier may ask for ten codes.
 */
async function auditAll(measured: MeasuredPage[], listPages: ListPages, browser: RemoteBrowser) {
  const audits = measured.map(() => ({ simulated: [] as Audit[], applied: [] as Audit[] }))
  let pages = measured
  for (let run = 0; run < LIGHTHOUSE_RUNS; run++) {
    if (run > 0) pages = await listPages()
    for (const [nth, page] of pages.entries()) {
      audits[nth]?.simulated.push(await audit(page, browser, 'simulate'))
      audits[nth]?.applied.push(await audit(page, browser, 'devtools'))
    }
    console.log(`Run ${run + 1} of ${LIGHTHOUSE_RUNS} is done.`)
  }
  return audits
}

const medianOf = (audits: readonly Audit[], of: Exclude<keyof Audit, 'failed'>) =>
  median(audits.map((each) => each[of]))

const speedOf = (audits: readonly Audit[]) => ({
  performance: medianOf(audits, 'performance'),
  lcpMs: medianOf(audits, 'lcpMs'),
  cls: medianOf(audits, 'cls'),
  tbtMs: medianOf(audits, 'tbtMs'),
  benchmarkIndex: medianOf(audits, 'benchmarkIndex'),
})

const qualityOf = (audits: readonly Audit[]) => ({
  accessibility: medianOf(audits, 'accessibility'),
  bestPractices: medianOf(audits, 'bestPractices'),
  seo: medianOf(audits, 'seo'),
  failed: [...new Set(audits.flatMap(({ failed }) => failed))],
})
