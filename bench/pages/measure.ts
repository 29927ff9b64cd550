import os from 'node:os'
import type { Browser } from 'playwright-core'
import { median } from '@/bench/support/figures'
import { describeHost } from '@/bench/support/machine'
import { startProduct } from '@/tests/support/product'
import { type Audit, audit } from './audit'
import { startEmptyPage } from './empty-page'
import { weighScripts } from './scripts'
import { emptyView, listViews, type View } from './views'
import { makeVisitors } from './visitors'

const RUNS = 3

export type Figures = Awaited<ReturnType<typeof measureAll>>

export async function measureAll(browser: Browser, port: number) {
  const machine = { ...describeHost(), chromium: browser.version() }
  const empty = await startEmptyPage()
  const product = await startProduct()
  try {
    const views = [
      emptyView(empty.origin),
      ...listViews(product.origin, await makeVisitors(browser, product)),
    ]
    const weights = new Map<string, number>()
    for (const view of views) weights.set(view.name, await weighScripts(browser, view))
    const audits = await auditAll(views, port)
    const pages = views.map(({ name, hasForm }, nth) => ({
      name,
      hasForm,
      scriptBytes: weights.get(name) ?? Number.NaN,
      simulated: speedOf(audits[nth]?.simulated ?? []),
      applied: speedOf(audits[nth]?.applied ?? []),
      care: careOf(audits[nth]?.simulated ?? []),
    }))
    return { machine, pages, runs: RUNS, loadAtEnd: os.loadavg()[0] ?? 0 }
  } finally {
    await Promise.all([product.stop(), empty.stop()])
  }
}

/** Round by round, so that what else the machine does meets all pages alike. */
async function auditAll(views: readonly View[], port: number) {
  const audits = views.map(() => ({ simulated: [] as Audit[], applied: [] as Audit[] }))
  for (let run = 0; run < RUNS; run++) {
    for (const [nth, view] of views.entries()) {
      audits[nth]?.simulated.push(await audit(view, port, 'simulate'))
      audits[nth]?.applied.push(await audit(view, port, 'devtools'))
    }
  }
  return audits
}

const middle = (audits: readonly Audit[], of: Exclude<keyof Audit, 'failed'>) =>
  median(audits.map((each) => each[of]))

const speedOf = (audits: readonly Audit[]) => ({
  performance: middle(audits, 'performance'),
  lcpMs: middle(audits, 'lcpMs'),
  cls: middle(audits, 'cls'),
  tbtMs: middle(audits, 'tbtMs'),
  benchmarkIndex: middle(audits, 'benchmarkIndex'),
})

const careOf = (audits: readonly Audit[]) => ({
  accessibility: middle(audits, 'accessibility'),
  bestPractices: middle(audits, 'bestPractices'),
  seo: middle(audits, 'seo'),
  failed: [...new Set(audits.flatMap(({ failed }) => failed))],
})
