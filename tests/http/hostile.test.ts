import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type Answer, newClient } from '../support/client'
import { newCustomer } from '../support/customers'
import { startOwnProduct } from '../support/running'
import { BY_PHONE_VALUE } from './flows'

const product = startOwnProduct()

/** As long as the server accepts a form. */
const LENGTH = 60_000
const UNITS = ['a@', '\u200b']

const LOGIN = { identifier: 'warga@surat.example', password: 'perahu kertas', next: '/profile' }
const RESET = { identifier: 'warga@surat.example', choice: BY_PHONE_VALUE }
const FORMS: [string, string, Record<string, string>][] = [
  ['/register', 'Daftar', newCustomer()],
  ['/login', 'Masuk', LOGIN],
  ['/reset', 'Kirim kode', RESET],
]
const FIELDS = FORMS.flatMap(([path, button, values]) =>
  Object.keys(values).map((field) => ({ path, button, field, values })),
)

const post = (page: Answer, button: string, values: Record<string, string>) =>
  newClient().press(page, button, values)

it.each(FIELDS)('60 kB of anything in a field are answered: $field at $path', async (given) => {
  const page = await newClient().open(given.path)
  for (const unit of UNITS) {
    const typed = `${unit.repeat(LENGTH / Buffer.byteLength(unit))} x`
    const { status } = await post(page, given.button, { ...given.values, [given.field]: typed })
    expect([unit, status]).toEqual([unit, 200])
  }
})

describe('a request that is not one of the product', () => {
  it('is refused with 413 when its body has more than 64 kB, and 64 kB are posted', async () => {
    const page = await newClient().open('/login')
    const { status, html } = await post(page, 'Masuk', { ...LOGIN, identifier: 'a'.repeat(65_536) })
    expect([status, html]).toEqual([413, expect.stringContaining('Isianmu terlalu panjang')])
  })

  it('is answered like any other when it asks for another protocol', async () => {
    const { port } = new URL(product().origin)
    const socket = connect(Number(port), '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    socket.write(
      'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: any\r\n\r\n',
    )
    const [answer] = await once(socket, 'data')
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /)
  })

  it('writes one short line in the log when its session cookie is broken', async () => {
    for (const cookie of ['session=none', `session=${'ey.'.repeat(1_000)}`]) {
      const before = product().readLog().length
      const { location } = await newClient({ headers: { cookie } }).open('/profile')
      expect(location).toMatch(/^\/login/)
      const lines = product().readLog().slice(before).split('\n').filter(Boolean)
      expect(lines).toEqual([expect.stringMatching(/^.{1,250}$/)])
    }
  })
})
