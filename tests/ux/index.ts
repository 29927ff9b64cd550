import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { launchBrowser } from '@/tests/support/browser'
import { type Product, startProduct } from '@/tests/support/product'
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

/** Walks a product of its own through every screen, and writes docs/ux.md with what was seen. */
export async function drawScreens() {
  const product = await startProduct({ env: { TRUSTED_PROXY_HOPS: '1' } })
  try {
    await walkAll(product)
  } finally {
    await product.stop()
  }
  writeFileSync('docs/ux.md', newReport())
}

async function walkAll(product: Product) {
  rmSync(HOME, { recursive: true, force: true })
  mkdirSync(HOME, { recursive: true })
  const browser = await launchBrowser()
  for (const walk of WALKS) {
    console.log(walk.name)
    const visitor = await newVisitor(product, browser)
    await walk(visitor)
    await visitor.leave()
  }
  await browser.close()
}
