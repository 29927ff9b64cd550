import { describe, expect, it } from 'vitest'
import { insertCase } from '../support/case-fixtures'
import { nextMessage } from '../support/customers'
import { insertCustomer } from '../support/fixtures'
import { textById, textOf } from '../support/html'
import { query } from '../support/product-database'
import { staffClient } from '../support/staff-fixtures'

const SEND = 'Kirim kata pengenal ke nomor utama'

const maskOf = ({ phone }: { phone: string }) => `0813-\u2060••••-\u2060${phone.slice(-4)}`

const wordIn = ({ text }: { text: string }) => /\b[B-Z]{4} ?[B-Z]{4}\b/.exec(text)?.[0] ?? ''

describe('the word of a caller', () => {
  it('is sent to a confirmed address, and proves the caller', async () => {
    const customer = await insertCustomer()
    const { number } = await insertCase(customer)
    const client = await staffClient('agent')
    const sent = await client.send(`/care/cases/${number}`, SEND)
    expect(textOf(sent.html)).toContain('Kata pengenal sudah dikirim.')
    const word = wordIn(await nextMessage(customer.phone, 'caller_word'))
    const check = (callerWord: string) =>
      client.send(`/care/cases/${number}`, 'Periksa kata', { callerWord })
    const wrong = await check('BCDFGHJK')
    expect(textById(wrong.html, 'callerWord-error')).toBe('Kata itu tidak cocok. Sisa 2 percobaan.')
    const passed = textOf((await check(word)).html)
    expect(passed).toContain('Kata cocok. Bukti tercatat di kasus ini.')
    expect(passed).toContain(`Terbukti: ${maskOf(customer)}`)
  })

  it('is refused as six digits, which are counted by nobody and never shown again', async () => {
    const { number } = await insertCase(await insertCustomer())
    const client = await staffClient('agent')
    await client.send(`/care/cases/${number}`, SEND)
    for (const callerWord of ['481516', 'kodenya 481 516']) {
      const page = await client.send(`/care/cases/${number}`, 'Periksa kata', { callerWord })
      expect(textById(page.html, 'callerWord-error')).toBe(
        'Ini mungkin kode reset. Jangan pernah memintanya.',
      )
      expect(page.html).not.toMatch(/481 ?516/)
    }
    const counted = await query(
      `select sum(attempts)::int as sum from "CallerWord" where "caseId" = (select id from "Case" where number = $1)`,
      [number],
    )
    expect(counted).toEqual([{ sum: 0 }])
  })
})
