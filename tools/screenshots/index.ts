import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { LOCALES, type Locale } from '@/lib/platform/locale'
import { launchBrowser } from '@/tests/support/browser'
import { type Product, startProduct } from '@/tests/support/product'
import { captureCare } from './capture-care'
import { captureLostEmail } from './capture-email'
import { captureFreeze } from './capture-freeze'
import { startAskingProduct } from './capture-numbers'
import { captureOwnData } from './capture-own-data'
import {
  captureHelp,
  captureLogin,
  captureRefusedReset,
  captureRegistration,
  captureReset,
  captureShop,
} from './captures-open'
import { captureChange, captureProfile, captureWizard } from './captures-profile'
import { drawContactSheet } from './contact-sheet'
import { PICTURES, REPORT_FOLDER } from './folders'
import { newGallery } from './gallery'
import { newReport } from './report'
import { newVisitor, type Visitor } from './visitor'

/** A link for staff is valid for a day: they come before the clock of the product is moved. */
const CAPTURES = [
  captureCare,
  captureShop,
  captureRegistration,
  captureLogin,
  captureReset,
  captureHelp,
  captureWizard,
  captureProfile,
  captureChange,
  captureRefusedReset,
  captureLostEmail,
  captureFreeze,
  captureOwnData,
]

/**
 * Takes pictures of every screen in every language, and writes the report, the contact sheet and
 * docs/ux.md. Each language has its own product.
 */
export async function captureScreens() {
  rmSync(REPORT_FOLDER, { recursive: true, force: true })
  mkdirSync(path.join(REPORT_FOLDER, PICTURES), { recursive: true })
  const browser = await launchBrowser()
  try {
    for (const locale of LOCALES) await captureIn(locale, browser)
    await drawContactSheet(browser)
  } finally {
    await browser.close()
  }
  writeFileSync('docs/ux.md', newReport())
  const file = path.resolve(REPORT_FOLDER, 'index.html')
  writeFileSync(file, newGallery())
  console.log(file)
}

async function captureIn(locale: Locale, browser: Browser) {
  const env = { TRUSTED_PROXY_HOPS: '1' }
  await captureAll(await startProduct({ env }), CAPTURES, { locale, browser })
  const asking = await startAskingProduct(env)
  await captureAll(asking.product, [asking.captureNumbers], { locale, browser })
}

type Capture = (visitor: Visitor, another: () => Promise<Visitor>) => Promise<void>

async function captureAll(
  product: Product,
  captures: readonly Capture[],
  { locale, browser }: { locale: Locale; browser: Browser },
) {
  try {
    for (const capture of captures) {
      console.log(locale, capture.name)
      const another = () => newVisitor(product, browser, locale)
      const visitor = await another()
      await capture(visitor, another)
      await visitor.close()
    }
  } finally {
    await product.stop()
  }
}
