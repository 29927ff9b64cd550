import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { LOCALES, type Locale } from '@/lib/platform/locale'
import { launchBrowser } from '@/tests/support/browser'
import { startProduct } from '@/tests/support/product'
import { drawContactSheet } from './contact-sheet'
import { PICTURES, REPORT_FOLDER } from './folders'
import { newGallery } from './gallery'
import { newReport } from './report'
import { newVisitor } from './visitor'
import { walkFreeze } from './walk-freeze'
import { walkHelp, walkLogin, walkRefusedReset, walkRegistration, walkReset } from './walks-open'
import { walkChange, walkProfile, walkWizard } from './walks-profile'

const WALKS = [
  walkRegistration,
  walkLogin,
  walkReset,
  walkHelp,
  walkWizard,
  walkProfile,
  walkChange,
  walkRefusedReset,
  walkFreeze,
]

/** Opens every screen in every language, each language in its own product, and writes the report, the contact sheet and docs/ux.md. */
export async function drawScreens() {
  rmSync(REPORT_FOLDER, { recursive: true, force: true })
  mkdirSync(path.join(REPORT_FOLDER, PICTURES), { recursive: true })
  const browser = await launchBrowser()
  try {
    for (const locale of LOCALES) await drawIn(locale, browser)
    await drawContactSheet(browser)
  } finally {
    await browser.close()
  }
  writeFileSync('docs/ux.md', newReport())
  const file = path.resolve(REPORT_FOLDER, 'index.html')
  writeFileSync(file, newGallery())
  console.log(file)
}

async function drawIn(locale: Locale, browser: Browser) {
  const product = await startProduct({ env: { TRUSTED_PROXY_HOPS: '1' } })
  try {
    for (const walk of WALKS) {
      console.log(locale, walk.name)
      const visitor = await newVisitor(product, browser, locale)
      await walk(visitor)
      await visitor.leave()
    }
  } finally {
    await product.stop()
  }
}
