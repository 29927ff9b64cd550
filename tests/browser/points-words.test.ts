import { describe, expect, it } from 'vitest'
import id from '@/messages/id.json'
import { newClient } from '../support/client'
import { insertCustomer, insertSession } from '../support/fixtures'
import { isIndonesian, leavesOf, saidBy } from '../support/language'

const OPEN = [
  '/',
  '/?q=gajah',
  '/?category=audio',
  '/produk/lampu-meja',
  '/keranjang',
  '/login',
  '/register',
  '/register/done',
  '/reset',
  '/reset/done',
  '/help',
  '/help/lost',
  '/unfreeze',
  '/unfreeze/done',
]
const GONE = ['/tidak/ada', '/produk/tidak-ada', '/secure/palsu', '/profile/faks']

describe('every page in Indonesian', () => {
  it('E2 has no English on the page for a missing address', async () => {
    for (const path of GONE) {
      const visitor = newClient()
      isIndonesian(await visitor.follow(await visitor.open(path)))
    }
  })

  it('E2 refuses in Indonesian, not through a bubble of the browser', async () => {
    const client = await insertSession(await insertCustomer())
    for (const [visitor, path, button] of [
      [newClient(), '/login', 'Masuk'],
      [newClient(), '/register', 'Daftar'],
      [newClient(), '/reset', 'Kirim kode'],
      [client, '/profile/password', 'Simpan kata sandi'],
      [client, '/profile/recovery/email', 'Simpan'],
      [client, '/profile/phone', 'Kirim kode'],
    ] as const) {
      const refused = await visitor.press(await visitor.open(path), button)
      expect(refused.html).toContain('Ada yang perlu kamu periksa')
      isIndonesian(refused)
    }
  })

  it('E2 uses one language throughout, the requested one', async () => {
    const client = newClient()
    await client.press(await client.open('/'), 'English')
    const indonesian = leavesOf(id).filter(
      (words) => words.split(' ').length > 2 && !words.includes('{'),
    )
    for (const path of [...OPEN, '/tidak/ada']) {
      const page = await client.follow(await client.open(path))
      expect(page.html).toMatch(/<html[^>]* lang="en"/)
      const said = saidBy(page)
      expect([path, indonesian.filter((words) => said.includes(words))]).toEqual([path, []])
    }
  })
})
