import { launchBrowser } from '@/tests/support/browser'
import { measureBlocking } from './measure'
import { formatBlockingReport } from './report'

/** Measures how long each page keeps a slow phone from answering while it loads. */
export async function measure() {
  const browser = await launchBrowser()
  try {
    const figures = await measureBlocking(browser)
    return { report: formatBlockingReport(figures), figures }
  } finally {
    await browser.close()
  }
}
