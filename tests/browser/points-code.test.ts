import { describe, expect, it, vi } from 'vitest'
import { newClient } from '../support/client'
import { kindsTo, newCustomer, nextCode, nextMessage } from '../support/customers'
import {
  answerCode,
  arrivesAt,
  fillRegistration,
  isTakenOver,
  paste,
  press,
  reads,
  SENTENCE,
} from '../support/pages'
import { DESKTOP, PHONE, visit } from '../support/walk'

async function startRegistration(mode: Parameters<typeof visit>[0]) {
  const [customer, page] = [newCustomer(), await visit(mode)]
  await page.goto('/register')
  await fillRegistration(page, customer)
  await press(page, 'Daftar')
  await arrivesAt(page, '/register/code')
  return { page, code: await nextCode(customer.phone) }
}

describe('a code that was right in another tab', () => {
  it('O12 is refused with an explanation, and the flow continues from its start', async () => {
    const { page, code } = await startRegistration(PHONE)
    const tab = await page.context().newPage()
    await tab.goto('/register/code')
    await answerCode(page, code)
    await arrivesAt(page, '/register/email')
    await answerCode(tab, code)
    await reads(tab, SENTENCE.challenge_gone)
  })
})

describe.each([PHONE, DESKTOP])('a pasted message $mode', (mode) => {
  it('O2 is read as the code in it', async () => {
    const { page, code } = await startRegistration(mode)
    await isTakenOver(page)
    await paste(page, page.getByLabel('Kode OTP'), `kode: ${code.slice(0, 3)} ${code.slice(3)}\n`)
    await press(page, 'Verifikasi')
    await arrivesAt(page, '/register/email')
  })
})

describe('the field for a code on a phone', () => {
  it('takes the focus, and the check of the form is loaded when something is typed', async () => {
    const { page } = await startRegistration(PHONE)
    const tab = await page.context().newPage()
    let scripts = 0
    tab.on('request', (request) => {
      if (request.resourceType() === 'script') scripts++
    })
    await tab.goto('/register/code', { waitUntil: 'networkidle' })
    expect(await tab.locator(':focus').getAttribute('id')).toBe('code')
    const before = scripts
    await tab.keyboard.type('1')
    await vi.waitFor(() => expect(scripts).toBeGreaterThan(before))
  })

  it('leaves the focus where the customer has set it in the form before', async () => {
    const { page } = await startRegistration(PHONE)
    const tab = await page.context().newPage()
    await tab.addInitScript(() =>
      document.addEventListener('DOMContentLoaded', () =>
        document.querySelector<HTMLElement>('main form button')?.focus(),
      ),
    )
    await tab.goto('/register/code', { waitUntil: 'networkidle' })
    expect(await tab.locator(':focus').textContent()).toBe('Verifikasi')
  })
})

describe('a click', () => {
  it('D8 sends one message', async () => {
    const [client, customer] = [newClient(), newCustomer()]
    await client.press(await client.open('/register'), 'Daftar', { ...customer })
    await nextMessage(customer.phone, 'code.register')
    expect(await kindsTo(customer.phone)).toEqual(['code.register'])
  })
})
