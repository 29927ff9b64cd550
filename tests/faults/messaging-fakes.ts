import { afterAll, beforeAll, beforeEach, vi } from 'vitest'
import { acceptAll, type FakeProviders, startFakeProviders } from '@/tests/support/fake-providers'
import { environmentOf } from '@/tests/support/provider-environment'
import { clear } from '../support/messaging-actions'

/**
 * Fake providers for the tests of a file. Before each test they accept every message, and the
 * outbox is empty.
 */
export async function startFakes(): Promise<FakeProviders> {
  const fakes = await startFakeProviders()
  beforeAll(() => {
    for (const [name, value] of Object.entries(environmentOf(fakes.url))) vi.stubEnv(name, value)
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await fakes.close()
  })
  beforeEach(async () => {
    await clear()
    fakes.received.length = 0
    fakes.answers = acceptAll()
  })
  return fakes
}
