import { describe, expect, it } from 'vitest'
import { insertCase } from '../support/case-fixtures'
import { type Client, newClient } from '../support/client'
import { insertCustomer, insertSession } from '../support/fixtures'
import { textOf } from '../support/html'
import { query } from '../support/product-database'
import { staffClient } from '../support/staff-fixtures'

const PATH = '/profile/care'

/** Makes a word without JavaScript, and reads it. */
async function makeWord(client: Client): Promise<string> {
  const page = await client.press(await client.open(PATH), 'Tampilkan kata pengenal')
  expect(textOf(page.html)).toMatch(/Berlaku 5 menit, sampai \d\d\.\d\d WIB\./)
  return /<span aria-hidden="true">([B-Z]{6})<\/span>/.exec(page.html)?.[1] ?? ''
}

const passed = () =>
  query('select id from "CallerWord" where kind = $1 and "passedAt" is not null', ['shown'])

describe('the word of the profile', () => {
  it('is linked from the help page for a signed-in customer alone, and needs a log-in', async () => {
    const client = await insertSession(await insertCustomer())
    expect((await client.open('/help')).html).toContain(`href="${PATH}"`)
    expect((await newClient().open('/help')).html).not.toContain(`href="${PATH}"`)
    const answer = await newClient().open(PATH)
    expect(answer.location).toBe(`/login?next=${encodeURIComponent(PATH)}`)
  })

  it('is shown once, after a press, with its lifetime and a warning', async () => {
    const client = await insertSession(await insertCustomer())
    const before = await client.open(PATH)
    expect(before.html).not.toMatch(/aria-hidden="true">[B-Z]{6}</)
    expect(textOf(before.html)).toContain('Bacakan hanya kalau kamu sendiri yang menelepon')
    expect(before.html).toContain('href="/help"')
    expect(await makeWord(client)).toMatch(/^[B-Z]{6}$/)
    expect((await client.open(PATH)).html).not.toMatch(/aria-hidden="true">[B-Z]{6}</)
  })

  it('proves the caller once; a newer word replaces the earlier', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const { number } = await insertCase(customer)
    const [earlier, word] = [await makeWord(client), await makeWord(client)]
    const agent = await staffClient('agent')
    const check = async (callerWord: string) =>
      textOf((await agent.send(`/care/cases/${number}`, 'Periksa kata', { callerWord })).html)
    const before = (await passed()).length
    expect(await check(earlier)).toContain('Kata itu tidak cocok. Sisa 2 percobaan.')
    expect(await check(`${word.slice(0, 3).toLowerCase()} ${word.slice(3)}`)).toContain(
      'Kata cocok. Bukti tercatat di kasus ini.',
    )
    expect(await check(word)).toContain('Tidak ada kata pengenal yang bisa diperiksa.')
    expect((await passed()).length - before).toBe(1)
  })
})
