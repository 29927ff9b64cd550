import type { Page } from 'playwright-core'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import translations from '@/messages/id.json'
import { type Client, newClient } from '../support/client'
import { type Customer, newCustomer, newEmail, newPhone } from '../support/customers'
import { acceptAll, type Received, startFakeProviders } from '../support/fake-providers'
import { insertSession } from '../support/fixtures'
import { arrivesAt, press } from '../support/pages'
import { environmentOf, whatsappEnvironment } from '../support/provider-environment'
import { origin, startOwnProduct } from '../support/running'
import { PHONE, visit } from '../support/walk'
import { resendEvent, webhookEnvironment } from '../support/webhooks'
import { testWhatsapp } from './delivery-whatsapp'
import { tellResend, tellTwilio } from './reports'

const PATIENCE = { timeout: 15_000, interval: 50 }
const { delivery, expected } = translations.code
const { sending, sent, delivered, failed } = delivery

const fakes = await startFakeProviders()
const WHATSAPP: Record<string, string> = {
  ...whatsappEnvironment(fakes.url),
  WHATSAPP_PROVIDERS: 'meta',
}
startOwnProduct({
  ...webhookEnvironment(),
  ...environmentOf(fakes.url),
  ...WHATSAPP,
  APP_ORIGIN: '',
})

afterAll(() => fakes.close())

beforeEach(() => {
  fakes.answers = acceptAll()
})

/** The newest message with a code to an address that a provider received. */
const codeTo = (to: string): Promise<Received & { code: string }> =>
  vi.waitFor(() => {
    const found = fakes.received.findLast(
      (message) => message.to === to.replace(/^0/, '+62') && /^\d{6}\b/.test(message.text),
    )
    if (!found) throw new Error(`no code to ${to}`)
    return { ...found, code: found.text.slice(0, 6) }
  }, PATIENCE)

async function register(): Promise<Customer> {
  const customer = newCustomer()
  const client = newClient()
  await client.send('/register', 'Daftar', { ...customer })
  const done = await client.send('/register/code', 'Verifikasi', {
    code: (await codeTo(customer.phone)).code,
  })
  expect(done.path).toBe('/register/email')
  const isAtEmail = () => fakes.received.some(({ to }) => to === customer.email)
  await vi.waitUntil(isAtEmail, PATIENCE)
  fakes.received.length = 0
  return customer
}

/** Opens the code screen of the wizard, whose code goes to the primary phone. */
const askForCode = (client: Client) =>
  client.send('/profile/recovery/email', 'Simpan', { email: newEmail() })

describe('the code screen of a signed-in customer', () => {
  const says = (page: Page, text: string) =>
    vi.waitFor(async () => {
      expect(await page.getByRole('status').allInnerTexts()).toContain(text)
    }, PATIENCE)

  async function openCodeScreen() {
    const customer = await register()
    const page = await visit(PHONE, { customer })
    await page.goto('/profile/recovery/email')
    await page.getByLabel('Email', { exact: true }).fill(newEmail())
    await press(page, 'Simpan')
    await arrivesAt(page, '/profile/recovery/authorise')
    return { customer, page }
  }

  it('shows that a code was sent and that it arrived', async () => {
    const { customer, page } = await openCodeScreen()
    await says(page, sent)
    expect(await tellTwilio((await codeTo(customer.phone)).id, 'delivered')).toBe(200)
    await says(page, delivered)
  })

  it('D7 shows that a code did not arrive, and offers another way', async () => {
    const { customer, page } = await openCodeScreen()
    await says(page, sent)
    expect(await tellTwilio((await codeTo(customer.phone)).id, 'undelivered')).toBe(200)
    await says(page, failed)
  })

  it('D7 shows that a code is on its way while no provider accepts it', async () => {
    fakes.answers.twilio = fakes.answers.vonage = { status: 503, body: {} }
    const { page } = await openCodeScreen()
    await says(page, sending)
    fakes.answers.twilio = fakes.answers.vonage = 'accept'
    await says(page, sent)
  })
})

describe('the code screen of a reset', () => {
  it('shows what to expect by the time alone, whether the account exists or not', async () => {
    const customer = await register()
    const [known, unknown] = [newClient(), newClient()]
    for (const [client, identifier] of [
      [known, customer.phone],
      [unknown, newPhone()],
    ] as const)
      await client.send('/reset', 'Kirim kode', { identifier, choice: 'primary_phone' })
    const { id } = await codeTo(customer.phone)
    expect(await tellTwilio(id, 'delivered')).toBe(200)
    for (const client of [known, unknown]) {
      const { status, html } = await client.open('/reset/code')
      expect(status).toBe(200)
      expect(html).toContain(expected.sending)
      for (const word of [sent, delivered, failed]) expect(html).not.toContain(`>${word}<`)
    }
  })
})

testWhatsapp({ fakes, register, codeTo, verifyToken: WHATSAPP.META_VERIFY_TOKEN ?? '' })

describe('/readyz', () => {
  const readyz = async () => {
    const response = await fetch(`${origin()}/readyz`)
    return `${response.status} ${(await response.text()).trim()}`
  }

  it('names a provider that refuses our key until it accepts a message', async () => {
    const client = await insertSession(await register())
    fakes.answers.twilio = { status: 401, body: { code: 20003 } }
    await askForCode(client)
    await vi.waitFor(
      async () => expect(await readyz()).toBe('200 ready, but twilio refuses its key'),
      PATIENCE,
    )
    fakes.answers.twilio = 'accept'
    await register()
    await vi.waitFor(async () => expect(await readyz()).toBe('200 ready'), PATIENCE)
  })
})

describe('the webhooks', () => {
  it('accept a report that Twilio signed, even twice, and ignore any other', async () => {
    const customer = await register()
    const client = await insertSession(customer)
    await askForCode(client)
    const { id } = await codeTo(customer.phone)
    const screen = async () => (await client.open('/profile/recovery/authorise')).html
    await vi.waitFor(async () => expect(await screen()).toContain(`>${sent}<`), PATIENCE)
    expect(await tellTwilio(id, 'delivered', { token: 'another' })).toBe(401)
    expect(await screen()).not.toContain(`>${delivered}<`)
    for (let time = 0; time < 2; time++) expect(await tellTwilio(id, 'delivered')).toBe(200)
    expect(await tellTwilio(id, 'undelivered')).toBe(200)
    expect(await screen()).toContain(`>${delivered}<`)
  })

  it('keep a report that arrives before its message is known', async () => {
    const customer = await register()
    const client = await insertSession(customer)
    fakes.answers.twilio = { acceptAfterMs: 2_000 }
    await askForCode(client)
    expect(await tellTwilio((await codeTo(customer.phone)).id, 'delivered')).toBe(200)
    const screen = async () => (await client.open('/profile/recovery/authorise')).html
    expect(await screen()).toContain(`>${sending}<`)
    await vi.waitFor(async () => expect(await screen()).toContain(`>${delivered}<`), PATIENCE)
  })

  it('accept an event that Resend signed recently, even twice, and refuse any other', async () => {
    const event = resendEvent('email.delivered', 'e-1')
    const long = resendEvent('email.delivered', 'e-1', { text: 'x'.repeat(70 * 1_024) })
    const anHourAgo = new Date(Date.now() - 3_600_000)
    expect([await tellResend(event), await tellResend(event)]).toEqual([200, 200])
    expect(await tellResend(event, { signature: 'v1,AAAA' })).toBe(401)
    expect(await tellResend(event, { at: anHourAgo })).toBe(401)
    expect(await tellResend(long)).toBe(413)
  })

  it('refuse an oversized report and a GET', async () => {
    const body = `MessageSid=SM1&Body=${'x'.repeat(70 * 1_024)}`
    expect((await fetch(`${origin()}/webhooks/twilio`, { method: 'POST', body })).status).toBe(413)
    for (const path of ['twilio', 'resend'])
      expect((await fetch(`${origin()}/webhooks/${path}`)).status).toBe(405)
  })
})
