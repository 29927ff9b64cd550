import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { LOCALES, type Locale } from '@/lib/platform/locale'
import { launchBrowser } from '@/tests/support/browser'
import { startProduct } from '@/tests/support/product'
import { HOME } from './camera'
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

/** Walks through every screen in every language, each in a product of its own, and writes docs/ux.md with what was seen. */
export async function drawScreens() {
  rmSync(HOME, { recursive: true, force: true })
  mkdirSync(HOME, { recursive: true })
  const browser = await launchBrowser()
  for (const locale of LOCALES) await drawIn(locale, browser)
  await browser.close()
  writeFileSync('docs/ux.md', newReport())
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
