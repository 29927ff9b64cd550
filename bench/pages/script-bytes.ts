import type { Browser } from 'playwright-core'
import { isSamePage, type MeasuredPage } from './measured-pages'

/**
 * Bytes of script that a page loads on a phone until the network is idle, compressed (gzip). A modern
 * browser skips `nomodule` scripts.
 */
export async function measureScriptBytes(
  browser: Browser,
  { url, cookies }: MeasuredPage,
): Promise<number> {
  const context = await browser.newContext({ isMobile: true, hasTouch: true })
  await context.addCookies(cookies)
  const page = await context.newPage()
  const sizes: Promise<number>[] = []
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script')
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
  })
  await page.goto(url, { waitUntil: 'networkidle' })
  if (!isSamePage(page.url(), url)) throw new Error(`${url} led to ${page.url()}`)
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  await context.close()
  return total
}
