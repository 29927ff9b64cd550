import type { Browser } from 'playwright-core'
import { startProduct } from '@/tests/support/product'
import { startEmptyPage } from './empty-page'
import { createEmptyPage, listMeasuredPages, type MeasuredPage } from './measured-pages'
import { createVisitors } from './visitors'

/** Lists the empty page and every page of the product, with a new reset: a code is valid for ten minutes. */
export type ListPages = () => Promise<MeasuredPage[]>

/** Starts the product and an empty page for as long as `measure` takes, and returns its result. */
export async function withPages<Figures>(
  browser: Browser,
  measure: (listPages: ListPages) => Promise<Figures>,
): Promise<Figures> {
  const empty = await startEmptyPage()
  const product = await startProduct()
  try {
    const visitors = await createVisitors(browser, product)
    return await measure(async () => [
      createEmptyPage(empty.origin),
      ...listMeasuredPages(product.origin, visitors, await visitors.beginReset()),
    ])
  } finally {
    await Promise.all([product.stop(), empty.stop()])
  }
}
