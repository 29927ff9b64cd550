import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, inject } from 'vitest'
import { type Product, readInbox, startProduct } from './product'

/** The product that the tests of a file speak to: the one that the whole run shares, unless the file starts its own. */
const running = { ...inject('product') }

export const origin = () => running.origin
export const dataDir = () => running.dataDir

/** What time it is for the running product. */
export const productNow = () =>
  new Date(Date.now() + Number(readFileSync(path.join(dataDir(), 'clock'), 'utf8')))

/** What the local inbox received for an address, newest first. */
export const inbox = (to: string) => readInbox(running.origin, to)

/**
 * Lets the clients, fixtures and hooks of this file speak to another product. Fixtures find
 * its database in the `embedded.json` of its folder.
 */
export function speakTo(product: { origin: string; dataDir: string }): void {
  Object.assign(running, product)
}

/** Starts a product for this file alone: for tests that move the clock, read the log or need other settings. It ends when it is told to, and well. */
export function startOwnProduct(env: Record<string, string> = {}): () => Product {
  let own: Product | undefined
  beforeAll(async () => {
    own = await startProduct({
      env: { TRUSTED_PROXY_HOPS: '1', ...env },
      hasQuickHash: true,
    })
    speakTo({ origin: own.origin, dataDir: own.dataDir })
  })
  afterAll(async () => {
    speakTo(inject('product'))
    expect(await own?.stop()).toBe(0)
  })
  return () => own ?? fail()
}

function fail(): never {
  throw new Error('the product is not started yet')
}
