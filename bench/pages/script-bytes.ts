import type { Browser } from 'playwright-core'
import type { MeasuredPage } from './measured-pages'

/**
 * Bytes of script that a page loads until the network is idle, compressed (gzip). A modern browser
 * skips `nomodule` scripts.
 */
export async function measureScriptBytes(
  browser: Browser,
  { url, cookies }: MeasuredPage,
): Promise<number> {
  const context = await browser.newContext({ extraHTTPHeaders: cookies ? { cookie: cookies } : {} })
  const page = await context.newPage()
  const sizes: Promise<number>[] = []
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script')
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
  })
  await page.goto(url, { waitUntil: 'networkidle' })
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  await context.close()
  return total
}
