import { describe, expect, it, vi } from 'vitest'
import translations from '@/messages/id.json'
import { newClient } from '../support/client'
import { type Customer, newCustomer, newPhone } from '../support/customers'
import type { FakeProviders, Received } from '../support/fake-providers'
import { arrivesAt, press } from '../support/pages'
import { origin } from '../support/running'
import { PHONE, visit } from '../support/walk'
import { tellMeta } from './reports'

const PATIENCE = { timeout: 15_000, interval: 50 }

type Given = {
  fakes: FakeProviders
  register: () => Promise<Customer>
  codeTo: (to: string) => Promise<Received & { code: string }>
  verifyToken: string
}

/** The tests of codes by WhatsApp, which share the product of `delivery.test.ts`. */
export function testWhatsapp({ fakes, register, codeTo, verifyToken }: Given) {
  describe('a code by WhatsApp', () => {
    const { byWhatsapp, bySms, sentByWhatsapp, alsoBySms } = translations.code
    const { primaryWhatsapp } = translations.reset

    it('registers a customer, by the SMS that follows when the number has no WhatsApp', async () => {
      const { name, email, phone, password } = newCustomer()
      const page = await visit(PHONE)
      await page.goto('/register')
      await page.getByLabel('Nama').fill(name)
      await page.getByLabel('Email', { exact: true }).fill(email)
      await page.getByLabel(translations.field.phone).fill(phone)
      await page.getByLabel('Kata sandi', { exact: true }).fill(password)
      await press(page, translations.register.byWhatsapp)
      await arrivesAt(page, '/register/code')
      await page.getByText(sentByWhatsapp).waitFor()
      const { provider, id, code } = await codeTo(phone)
      expect(provider).toBe('meta')
      expect(await tellMeta(id, 'failed')).toBe(200)
      const follower = () =>
        expect(codeTo(phone)).resolves.toMatchObject({ provider: 'twilio', code })
      await vi.waitFor(follower, PATIENCE)
      await page.getByLabel('Kode OTP').fill(code)
      await press(page, 'Verifikasi')
      await arrivesAt(page, '/register/email')
    })

    it('of a reset is repeated by SMS when the customer asks, and the screens are the same for nobody', async () => {
      const { phone } = await register()
      const walk = async (identifier: string) => {
        const client = newClient()
        const form = await client.open('/reset')
        expect(form.html).toContain(primaryWhatsapp)
        const choice = 'primary_whatsapp'
        const screen = await client.send('/reset', 'Kirim kode', { identifier, choice })
        const asked = await client.follow(await client.press(screen, bySms))
        return [screen, asked].map(({ path, html }) => [
          path,
          [sentByWhatsapp, alsoBySms, bySms, byWhatsapp].map((words) =>
            html.includes(`>${words}<`),
          ),
        ])
      }
      const seen = await walk(phone)
      expect(seen).toEqual([
        ['/reset/code', [true, false, true, false]],
        ['/reset/code?sent=sms', [false, true, false, true]],
      ])
      const ofBoth = () => fakes.received.filter(({ to }) => to === phone.replace(/^0/, '+62'))
      await vi.waitFor(() => expect(ofBoth()).toHaveLength(2), PATIENCE)
      const codes = ofBoth().map(({ text }) => text.slice(0, 6))
      expect(new Set(codes).size).toBe(1)
      expect(ofBoth().map(({ provider }) => provider)).toEqual(['meta', 'twilio'])
      expect(await walk(newPhone())).toEqual(seen)
    })

    it('is reported to an address that Meta has checked', async () => {
      const query = `hub.mode=subscribe&hub.verify_token=${verifyToken}&hub.challenge=17`
      const checked = await fetch(`${origin()}/webhooks/whatsapp?${query}`)
      expect([checked.status, await checked.text()]).toEqual([200, '17'])
      expect(await tellMeta('wamid.unknown', 'delivered')).toBe(200)
    })
  })
}
