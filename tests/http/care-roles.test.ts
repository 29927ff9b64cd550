import { describe, expect, it } from 'vitest'
import { insertCase, insertWaiting } from '../support/case-fixtures'
import { newClient } from '../support/client'
import { insertCustomer } from '../support/fixtures'
import { textOf } from '../support/html'
import { query } from '../support/product-database'
import { origin } from '../support/running'
import { staffClient } from '../support/staff-fixtures'

const REASON = 'kode tidak sampai ke nomor utama'
const SEND = 'Kirim kata pengenal ke nomor utama'

describe('who handles no cases', () => {
  it.each(['administrator', 'auditor'] as const)(
    'as %s, opens neither a case nor an action, and no form of them works',
    async (role) => {
      const customer = await insertCustomer()
      const { actionId, number } = await insertWaiting(customer)
      const client = await staffClient(role)
      for (const path of [`/care/cases/${number}`, `/care/actions/${actionId}`])
        expect((await client.open(path)).location).toBe('/care')
      expect((await client.open('/care')).html).not.toContain('Cari akun')
      const agent = await staffClient('agent')
      const page = await agent.open(`/care/cases/${number}`)
      expect((await client.press(page, SEND)).location).toBe('/care')
      expect((await client.press(page, 'Tutup kasus ini')).location).toBe('/care')
      const search = await agent.open('/care')
      const found = await client.press(search, 'Cari akun', {
        query: customer.phone,
        reason: REASON,
      })
      expect(found.location).toBe('/care')
      const words = await query(
        `select id from "CallerWord" w where w."caseId" = (select id from "Case" where number = $1)`,
        [number],
      )
      expect(words).toEqual([])
      expect(textOf((await agent.open(`/care/cases/${number}`)).html)).toContain(number)
    },
  )

  it('as nobody, is led to the sign-in by pages and forms', async () => {
    const { actionId, number } = await insertWaiting(await insertCustomer())
    for (const path of [`/care/cases/${number}`, `/care/actions/${actionId}`])
      expect((await newClient().open(path)).location).toBe('/care/sign-in')
    const page = await (await staffClient('agent')).open(`/care/cases/${number}`)
    expect((await newClient().press(page, SEND)).location).toBe('/care/sign-in')
  })

  it('runs no form of the console at a page of the shop', async () => {
    const { number } = await insertCase(await insertCustomer())
    const client = await staffClient('agent')
    const page = await client.open(`/care/cases/${number}`)
    for (const path of ['/', '/login', '/profile'])
      expect((await client.press({ ...page, path }, 'Tutup kasus ini', {}, origin())).status).toBe(
        404,
      )
    expect((await client.open(`/care/cases/${number}`)).html).toContain('Tutup kasus ini')
  })
})
