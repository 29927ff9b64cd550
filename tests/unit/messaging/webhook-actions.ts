import { afterEach, beforeEach, vi } from 'vitest'
import { webhookEnvironment } from '@/tests/support/webhooks'

export const NOW = new Date('2026-11-23T07:30:00.000Z')

export const recordReceipt = vi.fn()
vi.mock('@/lib/messaging/webhooks/receipts', () => ({ recordReceipt }))

beforeEach(() => {
  recordReceipt.mockClear()
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  configure()
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

/** Sets the environment of a product with both webhooks. The next import of a module reads it. */
export function configure(changed: Record<string, string> = {}) {
  for (const [name, value] of Object.entries({ ...webhookEnvironment(), ...changed }))
    vi.stubEnv(name, value)
  vi.resetModules()
}

export const receiveTwilio = async (request: Request) =>
  (await import('@/lib/messaging/webhooks/twilio')).receiveTwilio(request, NOW)
export const receiveResend = async (request: Request) =>
  (await import('@/lib/messaging/webhooks/resend')).receiveResend(request, NOW)

/** The id, state and reason of each receipt that was recorded. */
export const receipts = () =>
  recordReceipt.mock.calls.map(([{ providerId, state, reason }]) => [providerId, state, reason])
