import { afterEach, beforeEach, vi } from 'vitest'
import { type Email, fromStored, type Phone } from '@/lib/addresses'
import { type FakeProviders, startFakeProviders } from '@/tests/support/fake-providers'
import { environmentOf } from '@/tests/support/provider-environment'

export const ID = '5a8f2c1e-6f0d-4f7e-9b8a-0d5c7e3b1a24'
const PHONE: Phone = fromStored('phone', '+6281234567890')
const EMAIL: Email = fromStored('email', 'Budi.S@example.com')
export const SMS = { to: PHONE, kind: 'code.register', text: '012345 kode\n@toko.example #012345' }
export const MAIL = {
  to: EMAIL,
  kind: 'code.register',
  subject: '012345 adalah kode',
  text: 'Kode OTP kamu: 012345',
  html: '<p>012345</p>',
}

let running: FakeProviders

/** The fake providers, new for each test. */
export const fakes = () => running

beforeEach(async () => {
  running = await startFakeProviders()
  for (const [name, value] of Object.entries(environmentOf(running.url))) vi.stubEnv(name, value)
  vi.resetModules()
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await running.close()
})

export const deliver = (lifetimeSeconds = 600, signal = new AbortController().signal) => ({
  idempotencyKey: ID,
  expiresAt: new Date(Date.now() + lifetimeSeconds * 1_000 + 500),
  signal,
})

export const twilio = async () => (await import('@/lib/messaging/providers/twilio')).twilio
export const vonage = async () => (await import('@/lib/messaging/providers/vonage')).vonage
export const resend = async () => (await import('@/lib/messaging/providers/resend')).resend
