import { describe, expect, it, vi } from 'vitest'
import { newClient } from '../support/client'
import { kindsTo, newCustomer, nextCode } from '../support/customers'
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
import { inbox } from '../support/running'
import { BOTH_MODES, DESKTOP, PHONE, visit } from '../support/walk'

const PATIENCE = { timeout: 15_000, interval: 20 }

async function startRegistration(mode: Parameters<typeof visit>[0]) {
  const [customer, page] = [newCustomer(), await visit(mode)]
  await page.goto('/register')
  await fillRegistration(page, customer)
  await press(page, 'Daftar')
  await arrivesAt(page, '/register/code')
  return { page, code: await nextCode(customer.phone) }
}

describe.each(BOTH_MODES)('a code that was right in another tab $mode', (mode) => {
  it('O12 is refused kindly, and the way goes on from where it begins', async () => {
    const { page, code } = await startRegistration(mode)
    const tab = await page.context().newPage()
    await tab.goto('/register/code')
    await answerCode(page, code)
    await arrivesAt(page, '/register/done')
    await answerCode(tab, code)
    await reads(tab, SENTENCE.challenge_gone)
  })
})

describe.each([PHONE, DESKTOP])('a pasted message $mode', (mode) => {
  it('O2 is understood as the code that it holds', async () => {
    const { page, code } = await startRegistration(mode)
    await isTakenOver(page)
    await paste(page, page.getByLabel('Kode OTP'), `kode: ${code.slice(0, 3)} ${code.slice(3)}\n`)
    await press(page, 'Verifikasi')
    await arrivesAt(page, '/register/done')
  })
})

describe('from the click to the message', () => {
  it('D8 pass less than three seconds, nineteen times of twenty, and one click sends one', async () => {
    const times: number[] = []
    for (let round = 0; round < 20; round++) {
      const [client, customer] = [newClient(), newCustomer()]
      const page = await client.open('/register')
      const start = performance.now()
      await client.press(page, 'Daftar', { ...customer })
      await vi.waitFor(async () => expect(await inbox(customer.phone)).toHaveLength(1), PATIENCE)
      times.push(performance.now() - start)
      expect(await kindsTo(customer.phone)).toEqual(['code.register'])
    }
    expect(times.sort((one, other) => one - other)[18]).toBeLessThan(3_000)
  })
})
