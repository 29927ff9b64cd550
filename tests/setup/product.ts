import type { TestProject } from 'vitest/node'
import { findBrowser } from '../support/browser'
import { startProduct } from '../support/product'

declare module 'vitest' {
  export interface ProvidedContext {
    product: { origin: string; dataDir: string }
  }
}

// Each test calls from an address of its own, as if through one proxy: limits by address then count it alone.
const SETTINGS = { TRUSTED_PROXY_HOPS: '1' }

/** One running product for all tests that speak to it, and a browser ready to be started. */
export default async function setUp(project: TestProject) {
  await findBrowser()
  const { origin, dataDir, stop } = await startProduct({ env: SETTINGS, hasQuickHash: true })
  project.provide('product', { origin, dataDir })
  return stop
}
