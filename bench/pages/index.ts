import { launchBrowser } from '@/tests/support/browser'
import { findPort } from '@/tests/support/product'
import { measurePages } from './measure'
import { formatPagesReport } from './report'

/**
 * Measures the script bytes and the Lighthouse scores of every page, and of an empty page of Next.
 */
export async function measure() {
  const port = await findPort()
  const browser = await launchBrowser({
    args: ['--no-sandbox', '--disable-dev-shm-usage', `--remote-debugging-port=${port}`],
  })
  try {
    const figures = await measurePages(browser, port)
    return { report: formatPagesReport(figures), figures }
  } finally {
    await browser.close()
  }
}
