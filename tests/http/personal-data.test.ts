import { describe, expect, it } from 'vitest'
import { newClient } from '../support/client'
import { newEmail, nextCode, nextMessage } from '../support/customers'
import { insertCustomer, insertRecovery, insertSession } from '../support/fixtures'
import { textById, textOf } from '../support/html'
import { REFUSAL } from './flows'

const FILES = ['/profile/export/data.json', '/profile/export/data.html']

describe('the own data without JavaScript', () => {
  it('are downloaded as JSON and as a page after the password', async () => {
    const customer = await insertCustomer()
    const recovery = newEmail()
    await insertRecovery(customer, 'email', recovery)
    const client = await insertSession(customer)
    for (const file of FILES) expect((await client.open(file)).location).toBe('/profile/export')
    expect((await client.open('/profile/export/done')).location).toBe('/profile/export')
    const page = await client.open('/profile/export')
    const wrong = await client.press(page, 'Siapkan data', { currentPassword: 'bukan ini' })
    expect(textById(wrong.html, 'currentPassword-error')).toBe(REFUSAL.password_wrong)
    const { password } = customer
    const done = await client.send('/profile/export', 'Siapkan data', { currentPassword: password })
    expect(done.path).toBe('/profile/export/done')
    expect(done.html).toContain('href="/profile/export/data.json"')
    const [json, html] = [await client.open(FILES[0] ?? ''), await client.open(FILES[1] ?? '')]
    expect(JSON.parse(json.html).sections.account[0].name).toBe(customer.name)
    for (const file of [json, html]) {
      expect(file.html).toContain(recovery)
      expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="data\./)
      expect(file.headers.get('cache-control')).toContain('no-store')
    }
    await nextMessage(customer.phone, 'notice.data_exported')
    for (let times = 3; times <= 20; times++) await client.open(FILES[0] ?? '')
    const throttled = await client.follow(await client.open(FILES[0] ?? ''))
    expect([throttled.path, textOf(throttled.html)]).toEqual([
      '/profile/export?ended=download_throttled',
      expect.stringContaining(REFUSAL.download_throttled),
    ])
    const stranger = await insertSession(await insertCustomer())
    stranger.cookies.set('export', client.cookies.get('export') ?? '')
    expect((await stranger.open(FILES[0] ?? '')).location).toBe('/profile/export')
    expect((await newClient().open(FILES[0] ?? '')).location).toContain('/login')
  })

  it('are erased by password and code in seven days, which can be taken back', async () => {
    const customer = await insertCustomer()
    const client = await insertSession(customer)
    const given = { currentPassword: customer.password, proof: 'primary_phone' }
    const code = await client.send('/profile/erase', 'Kirim kode', given)
    expect(code.path).toBe('/profile/erase/code')
    const answer = { code: await nextCode(customer.phone, 'erase_account') }
    const pending = await client.follow(await client.press(code, 'Hapus akun', answer))
    expect([pending.path, textOf(pending.html)]).toEqual([
      '/profile/erase',
      expect.stringContaining('Akunmu akan dihapus'),
    ])
    await nextMessage(customer.phone, 'notice.erasure_requested')
    expect(textOf((await client.open('/profile')).html)).toContain('Lihat atau batalkan')
    const kept = await client.send('/profile/erase', 'Batalkan penghapusan')
    expect([kept.path, textOf(kept.html)]).toEqual([
      '/profile/done',
      expect.stringContaining('Penghapusan dibatalkan'),
    ])
    await nextMessage(customer.phone, 'notice.erasure_cancelled')
    expect((await client.open('/profile/erase/code')).location).toBe(
      '/profile/erase?ended=challenge_gone',
    )
  })

  it('R68 the form of a recovery address says what its customer agrees to', async () => {
    const client = await insertSession(await insertCustomer())
    for (const path of ['/profile/recovery/email', '/profile/recovery/phone'])
      expect(textOf((await client.open(path)).html)).toContain(
        'Dengan menekan "Simpan", kamu setuju',
      )
    expect(textOf((await client.open('/profile/phone')).html)).not.toContain('kamu setuju')
  })
})
