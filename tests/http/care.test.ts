import { describe, expect, it } from 'vitest'
import { hashSecret } from '@/lib/platform/crypto'
import { newClient } from '../support/client'
import { newCustomer, newPhone } from '../support/customers'
import { insertCustomer, insertSession } from '../support/fixtures'
import { formsOf, textOf } from '../support/html'
import { query } from '../support/product-database'
import { origin } from '../support/running'
import { insertInvited, staffClient } from '../support/staff-fixtures'

const ROLES = ['agent', 'approver', 'administrator', 'auditor'] as const

describe('a page of the console', () => {
  it('has headers of its own', async () => {
    const { headers } = await newClient().open('/care/sign-in')
    const shop = (await newClient().open('/login')).headers
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-robots-tag')).toBe('noindex, nofollow')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("img-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    const permitted = headers.get('permissions-policy')
    expect(permitted).toContain('publickey-credentials-get=(self)')
    expect(permitted).toContain('publickey-credentials-create=(self)')
    expect(shop.get('permissions-policy')).not.toContain('publickey')
    expect(shop.get('x-robots-tag')).toBeNull()
  })

  it('shows nothing of the shop, reads no session of a customer, and sets no cookie', async () => {
    const customer = await insertCustomer(newCustomer({ name: 'Nama Pelanggan' }))
    const client = await insertSession(customer)
    const { html, headers } = await client.open('/care/sign-in')
    for (const word of ['Keranjang', 'Nama Pelanggan', 'Daftar', '/profile'])
      expect(html).not.toContain(word)
    expect(headers.getSetCookie()).toEqual([])
  })

  it('says without JavaScript that passkeys need it', async () => {
    const { html } = await newClient().open('/care/sign-in')
    expect(html).toContain('Kunci sandi perlu JavaScript')
  })

  it('is in English when that was chosen', async () => {
    const client = newClient()
    const page = await client.open('/care/sign-in')
    await client.press(page, 'English')
    expect((await client.open('/care/sign-in')).html).toContain('Sign in with a passkey')
  })

  it('is there at the origin of the demo alone', async () => {
    const byNumber = newClient({ base: origin().replace('localhost', '127.0.0.1') })
    expect((await byNumber.open('/care/sign-in')).status).toBe(404)
    expect((await newClient().open('/care/sign-in')).status).toBe(200)
  })
})

describe('who is not signed in', () => {
  it.each([
    '/care',
    '/care/staff',
    '/care/staff/invite',
    '/care/staff/invited',
    '/care/staff/confirm/x',
    '/care/staff/disable/x',
    '/care/log',
  ])('is led from %s to the sign-in', async (path) => {
    const answer = await newClient().open(path)
    expect([answer.status, answer.location]).toEqual([307, '/care/sign-in'])
  })

  it('gets no export', async () => {
    const answer = await newClient().request('/care/log/export', {
      method: 'POST',
      body: new URLSearchParams(),
    })
    expect(answer.location).toBe('/care/sign-in')
  })

  it('is somebody with an unknown or ended session', async () => {
    const client = await staffClient('agent')
    expect((await client.open('/care')).status).toBe(200)
    const id = hashSecret(client.cookies.get('care-session') ?? '')
    await query('update "StaffSession" set "endedAt" = "createdAt" where id = $1', [id])
    expect((await client.open('/care')).location).toBe('/care/sign-in')
  })
})

describe('the pages of a role', () => {
  it.each(ROLES)('%s', async (role) => {
    const client = await staffClient(role, `Petugas ${role}`)
    const home = textOf((await client.open('/care')).html)
    expect(home).toContain(`Petugas ${role}`)
    const found = async (path: string) => {
      const { status, location } = await client.open(path)
      return location ?? status
    }
    const isAdministrator = role === 'administrator'
    for (const path of ['/care/staff', '/care/staff/invite'])
      expect(await found(path)).toBe(isAdministrator ? 200 : '/care')
    expect(await found('/care/log')).toBe(role === 'auditor' ? 200 : '/care')
    expect([home.includes('Catatan staf'), home.includes('Keluar')]).toEqual([
      role === 'auditor',
      true,
    ])
  })
})

describe('signing out', () => {
  it('works without JavaScript, ends the session and clears the cookie', async () => {
    const client = await staffClient('agent')
    const secret = client.cookies.get('care-session') ?? ''
    const answer = await client.press(await client.open('/care'), 'Keluar')
    expect(answer.location).toBe('/care/sign-in')
    expect(client.cookies.has('care-session')).toBe(false)
    client.cookies.set('care-session', secret)
    expect((await client.open('/care')).location).toBe('/care/sign-in')
  })
})

describe('an invitation', () => {
  it('shows whom it invites, and a GET changes nothing', async () => {
    const { token, staffId } = await insertInvited('agent', { name: 'Bayu Agen' })
    for (const _ of [1, 2]) {
      const { html } = await newClient().open(`/care/invitation/${token}`)
      expect(textOf(html)).toContain('Bayu Agen, kamu diundang sebagai: Agen.')
    }
    const rows = await query('select count(*)::int as count from "StaffKey" where "staffId" = $1', [
      staffId,
    ])
    expect(rows).toEqual([{ count: 0 }])
  })

  it('says of an unknown token that it no longer works', async () => {
    const { html } = await newClient().open('/care/invitation/bukan-undangan')
    expect(textOf(html)).toContain('Undangan ini tidak berlaku lagi')
  })
})

describe('the auditor', () => {
  it('filters the log and downloads it without JavaScript', async () => {
    const client = await staffClient('auditor', 'Auditor Satu')
    const agent = await staffClient('agent')
    await agent.press(await agent.open('/care'), 'Keluar')
    const page = await client.open('/care/log?type=signed_out&from=2020-01-01')
    expect(textOf(page.html)).toContain('Keluar')
    const [form] = formsOf(page.html).filter(({ buttons }) =>
      buttons.some(({ label }) => label === 'Unduh sebagai file'),
    )
    expect(form).toBeDefined()
    const file = await client.request('/care/log/export', {
      method: 'POST',
      body: new URLSearchParams({ type: 'signed_out', from: '2020-01-01' }),
      headers: { origin: origin() },
    })
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(file.headers.get('content-disposition')).toContain('attachment')
    expect(file.html).toMatch(/^"position","at","type"/)
    expect(textOf((await client.open('/care/log')).html)).toContain('Mengunduh catatan')
  })

  it('reads in words what a row says', async () => {
    const [agent, phone] = [await staffClient('agent'), newPhone()]
    await agent.send('/care', 'Cari akun', { query: phone, reason: 'not_found by email' })
    const { html } = await (await staffClient('auditor')).open('/care/log?type=look_up_failed')
    for (const line of [
      'Dicari dengan: Nomor',
      'Hasil: Tidak ada akun yang cocok',
      'Alasan: not_found by email',
      `Email atau nomor: 0813-\u2060••••-\u2060${phone.slice(-4)}`,
    ])
      expect(textOf(html)).toContain(line)
  })

  it('is not disturbed by filters that are none', async () => {
    const client = await staffClient('auditor')
    const { status } = await client.open('/care/log?person=x&type=y&from=z&to=2026-99-99&before=-1')
    expect(status).toBe(200)
  })
})
