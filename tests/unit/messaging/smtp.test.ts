import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fromStored } from '@/lib/addresses'
import { environmentOf } from '@/tests/support/provider-environment'
import { type FakeMailServer, startFakeMailServer } from './fake-mail-server'

const ID = '5a8f2c1e-6f0d-4f7e-9b8a-0d5c7e3b1a24'
const MAIL = {
  to: fromStored('email', 'Budi.S@example.com'),
  kind: 'code.register',
  subject: '012345 adalah kode',
  text: 'Kode OTP kamu: 012345',
  html: '<p lang="id">012345</p>',
}
const DELIVERY = {
  idempotencyKey: ID,
  expiresAt: new Date(Date.now() + 600_000),
  signal: new AbortController().signal,
}

let server: FakeMailServer

beforeEach(async () => {
  server = await startFakeMailServer()
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await server.close()
})

async function send(url = server.url, given: Record<string, string> = {}) {
  const environment = {
    ...environmentOf('http://127.0.0.1:9'),
    EMAIL_PROVIDERS: 'smtp',
    SMTP_URL: url,
    APP_ORIGIN: 'https://akun.toko.example',
    ...given,
  }
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  vi.resetModules()
  const { smtp } = await import('@/lib/messaging/providers/smtp')
  return smtp.send(MAIL, DELIVERY)
}

describe('smtp', () => {
  it('M2 receives one recipient, our id in the Message-ID, and the header against automatic replies', async () => {
    expect(await send()).toEqual({ kind: 'accepted', providerId: `<${ID}@akun.toko.example>` })
    const [{ recipients, source } = { recipients: [], source: '' }] = server.received
    expect(recipients).toEqual([expect.stringContaining('<Budi.S@example.com>')])
    for (const line of [
      `Message-ID: <${ID}@akun.toko.example>`,
      'Auto-Submitted: auto-generated',
      'Subject: 012345 adalah kode',
    ])
      expect(source).toContain(line)
    expect(source).toMatch(
      /multipart\/alternative.*text\/plain.*Kode OTP kamu: 012345.*text\/html.*<p lang=/s,
    )
  })

  it.each([
    ['Toko (Resmi) <akun@toko.example>', 'From: "Toko (Resmi)" <akun@toko.example>'],
    ['"Toko, Jakarta" <akun@toko.example>', 'From: "Toko, Jakarta" <akun@toko.example>'],
    ['akun@toko.example', 'From: akun@toko.example'],
  ])('names the sender %s', async (sender, header) => {
    expect(await send(server.url, { EMAIL_FROM: sender })).toMatchObject({ kind: 'accepted' })
    expect(server.received[0]?.source).toContain(header)
  })

  it('rejects a recipient permanently, and its text is not stored', async () => {
    server.recipientAnswer = '550 5.1.1 <Budi.S@example.com> unknown'
    expect(await send()).toEqual({ kind: 'rejected', reason: 'smtp 550' })
  })

  it('is retried after a temporary refusal or an outage', async () => {
    server.recipientAnswer = '451 4.7.1 greylisted'
    expect(await send()).toEqual({ kind: 'retry', reason: 'smtp 451' })
    await server.close()
    expect(await send()).toEqual({
      kind: 'retry',
      reason: expect.stringMatching(/^smtp E\w+$/),
      isOutage: true,
    })
  })

  it('refuses a sender that is not ours, without rejecting the recipient', async () => {
    server.senderAnswer = '553 5.7.1 not your sender'
    expect(await send()).toEqual({ kind: 'misconfigured', refuses: 'sender', reason: 'smtp 553' })
  })

  it('refuses a sender without a log-in', async () => {
    server.senderAnswer = '530 5.7.0 authentication required'
    expect(await send()).toEqual({ kind: 'misconfigured', refuses: 'key', reason: 'smtp 530' })
  })

  it('reports whether our credentials are accepted', async () => {
    await send()
    const { smtp } = await import('@/lib/messaging/providers/smtp')
    const probe = () => smtp.probe?.(new AbortController().signal)
    expect(await probe()).toBe('welcome')
    await server.close()
    expect(await probe()).toBe('unknown')
  })

  it('requires TLS except on this machine', async () => {
    // This machine, under a name that the product does not recognise as local.
    expect(await send(server.url.replace('127.0.0.1', '127.0.0.2'))).toEqual({
      kind: 'retry',
      reason: 'smtp 502',
    })
    expect(server.received).toEqual([])
  })
})
