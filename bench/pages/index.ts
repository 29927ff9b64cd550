import { launchBrowser } from '@/tests/support/browser'
import { findPort } from '@/tests/support/product'
import { measureAll } from './measure'
import { writeReport } from './report'

/** What a page weighs beside the framework's empty one, and what Lighthouse says of it. */
export async function measure() {
  const port = await findPort()
  const browser = await launchBrowser({
    args: ['--no-sandbox', '--disable-dev-shm-usage', `--remote-debugging-port=${port}`],
  })
  try {
    const figures = await measureAll(browser, port)
    return { report: writeReport(figures), figures }
  } finally {
    await browser.close()
  }
}
