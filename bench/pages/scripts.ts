import type { Browser } from 'playwright-core'
import type { View } from './views'

/** How many bytes of script a page loads by itself, as they come over the line: gzip. What a browser of today passes over is not loaded. */
export async function weighScripts(browser: Browser, { url, cookies }: View): Promise<number> {
  const context = await browser.newContext({ extraHTTPHeaders: cookies ? { cookie: cookies } : {} })
  const page = await context.newPage()
  const weights: Promise<number>[] = []
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script')
      weights.push(request.sizes().then(({ responseBodySize }) => responseBodySize))
  })
  await page.goto(url, { waitUntil: 'networkidle' })
  const total = (await Promise.all(weights)).reduce((sum, weight) => sum + weight, 0)
  await context.close()
  return total
}
