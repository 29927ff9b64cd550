import { describe, expect, it } from 'vitest'
import {
  freezeCustomer,
  insertAction,
  insertCase,
  insertWaiting,
  outcomeOf,
} from '../support/case-fixtures'
import { type Client, newClient } from '../support/client'
import { type Customer, newPhone } from '../support/customers'
import { insertCustomer, insertRecovery } from '../support/fixtures'
import { formsOf, textById, textOf } from '../support/html'
import { isIndonesian } from '../support/language'
import { insertStaff, insertStaffSession, staffClient } from '../support/staff-fixtures'

const REASON = 'kode tidak sampai ke nomor utama'
const WAITING = 'Buka lagi akun, kasus'

const maskOf = ({ phone }: Customer) => `0813-\u2060••••-\u2060${phone.slice(-4)}`

const lookUp = (client: Client, typed: string, reason = REASON) =>
  client.send('/care', 'Cari akun', { query: typed, reason })

/** Somebody of a role who is signed in, and the id. */
async function signedIn(role: 'agent' | 'approver') {
  const [staffId, client] = [await insertStaff(role), newClient()]
  client.cookies.set('care-session', await insertStaffSession(staffId))
  return { staffId, client }
}

describe('the search', () => {
  it.each(['agent', 'approver'] as const)(
    'leads an %s without JavaScript to the case, which has masks alone',
    async (role) => {
      const customer = await insertCustomer()
      const recovery = newPhone()
      await insertRecovery(customer, 'phone', recovery)
      const page = await lookUp(await staffClient(role), customer.phone)
      expect(page.path).toMatch(/^\/care\/cases\/\w{6}$/)
      const text = textOf(page.html)
      for (const words of [
        page.path.slice(-6),
        REASON,
        'Tidak ada yang menghalangi',
        'Akun terbuka',
      ])
        expect(text).toContain(words)
      expect(text).toContain(maskOf(customer))
      for (const whole of [
        customer.email,
        customer.phone.slice(1),
        recovery.slice(1),
        customer.name,
      ])
        expect(page.html).not.toContain(whole)
      const own = page.html.replace(/<p lang="en">.*?<\/p>/gs, '')
      isIndonesian({ path: page.path, html: own })
    },
  )

  it('says at the field what is wrong, and keeps what was typed', async () => {
    const client = await staffClient('agent')
    const errorOf = async (typed: string, field: string, reason = REASON) =>
      textById((await lookUp(client, typed, reason)).html, `${field}-error`)
    expect(await errorOf('', 'query')).toContain('Isi email lengkap, nomor')
    expect(await errorOf('ratna', 'query')).toContain('Nama atau sebagian nomor tidak bisa dicari.')
    expect(await errorOf(newPhone(), 'query')).toBe(
      'Tidak ada akun yang cocok. Periksa lagi ejaannya bersama pelanggan.',
    )
    expect(await errorOf(newPhone(), 'reason', 'pendek')).toBe(
      'Tulis alasan dengan 10 sampai 500 karakter.',
    )
    expect((await lookUp(client, 'ratna')).html).toContain(REASON)
  })

  it('tells when the searches of an hour are used up, with the time to wait', async () => {
    const client = await staffClient('agent')
    expect(textOf((await client.open('/care')).html)).toContain(
      'Sisa pencarianmu untuk satu jam: 20 dari 20.',
    )
    for (let nth = 0; nth < 20; nth++) await lookUp(client, newPhone())
    const page = await client.press(await client.open('/care'), 'Cari akun', {
      query: newPhone(),
      reason: REASON,
    })
    expect(textOf(page.html)).toMatch(
      /Jatah pencarianmu untuk satu jam sudah habis\. Coba lagi dalam/,
    )
    expect(textOf(page.html)).toMatch(
      /Semua 20 pencarianmu untuk satu jam sudah terpakai\. Kamu bisa mencari lagi pukul \d\d\.\d\d\sWIB/,
    )
    expect(Number(page.headers.get('retry-after'))).toBeGreaterThan(3_000)
  })
})

describe('an action', () => {
  it('stands in the list, is declined by an approver and withdrawn by the one who asked', async () => {
    const { staffId, client: agent } = await signedIn('agent')
    const approver = await staffClient('approver')
    const customer = await insertCustomer()
    await freezeCustomer(customer)
    const opened = await insertCase(customer, staffId)
    const declined = await insertAction(opened, { requestedById: staffId })
    const own = await agent.open(`/care/actions/${declined}`)
    expect(textOf(own.html)).toContain('Ini permintaanmu sendiri.')
    const buttons = formsOf(own.html).flatMap((form) => form.buttons.map(({ label }) => label))
    expect(buttons).toContain('Tarik kembali permintaan')
    expect(buttons).not.toContain('Setujui dan tanda tangani')
    expect((await agent.open('/care')).html).toContain(`/care/actions/${declined}`)
    const page = await approver.send(`/care/actions/${declined}`, 'Tolak')
    expect(page.path).toBe(`/care/cases/${opened.number}?done=declined`)
    expect(textOf(page.html)).toContain('Ditolak')
    const withdrawn = await insertAction(opened, { requestedById: staffId })
    await agent.send(`/care/actions/${withdrawn}`, 'Tarik kembali permintaan')
    expect([await outcomeOf(declined), await outcomeOf(withdrawn)]).toEqual([
      'declined',
      'withdrawn',
    ])
    const ended = await agent.open(`/care/actions/${declined}`)
    expect(textOf(ended.html)).toContain('Tindakan ini sudah selesai.')
    expect(ended.html).toContain(`href="/care/cases/${opened.number}"`)
  })

  it('shows the approver what will change, who asked and why', async () => {
    const { actionId, number } = await insertWaiting(await insertCustomer())
    const text = textOf(
      (await (await staffClient('approver')).open(`/care/actions/${actionId}`)).html,
    )
    for (const words of [
      `${WAITING} ${number}`,
      'Kata sandi diganti dengan kata sandi acak',
      'pelanggan kehilangan nomornya',
      'TKT-2093',
      'Staf agent',
      'Sudah disetujui, dan menunggu waktunya.',
    ])
      expect(text).toContain(words)
  })

  it('needs JavaScript to be asked for, and the page says so', async () => {
    const { number } = await insertCase(await insertCustomer())
    const { html } = await (await staffClient('agent')).open(`/care/cases/${number}`)
    expect(html).toContain('Kunci sandi perlu JavaScript')
  })
})

describe('a case', () => {
  it('is closed without JavaScript, and says so afterwards', async () => {
    const { number } = await insertCase(await insertCustomer())
    const client = await staffClient('agent')
    const page = await client.send(`/care/cases/${number}`, 'Tutup kasus ini')
    expect(page.path).toBe('/care?done=closed')
    expect(textOf(page.html)).toContain('Kasus sudah ditutup.')
    const closed = await client.open(`/care/cases/${number}`)
    expect(textOf(closed.html)).toContain('Kasus ini sudah ditutup.')
  })

  it('is 404 when it is unknown, and so is an unknown action', async () => {
    const client = await staffClient('agent')
    for (const path of [
      '/care/cases/ZZZZZZ',
      '/care/actions/x',
      `/care/actions/${crypto.randomUUID()}`,
    ]) {
      const { status, html } = await client.open(path)
      expect([path, status]).toEqual([path, 404])
      expect(textOf(html)).toMatch(/^.*Tidak ada kasus|Tindakan ini tidak ada\./)
    }
  })

  it('says what every state is', async () => {
    const customer: Customer = await insertCustomer()
    const client = await staffClient('agent')
    const { number } = await insertWaiting(customer)
    const { html } = await client.open(`/care/cases/${number}`)
    expect(textOf(html)).toMatch(/Dibekukan sejak .* oleh pelanggan dari profilnya\./)
    expect(textOf(html)).toMatch(/Pembukaan akun sudah disetujui dan dijalankan/)
    expect(textOf(html)).toContain('We will reopen your account on')
  })
})
