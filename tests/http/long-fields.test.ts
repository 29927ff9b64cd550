import { expect, it } from 'vitest'
import { newClient } from '../support/client'
import { newCustomer } from '../support/customers'
import { BY_PHONE_VALUE } from './flows'

/** A pattern of quadratic time needs half a minute for this length; a slow machine needs less than a second. */
const LENGTH = 200_000
const ANSWER_MS = 10_000

const UNITS = ['@', 'a@', ' ', '+', '0 ', 'a.', '1-', '\u200b']

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

it.each(FIELDS)(
  'a field that is far too long is refused without a long computation: $field at $path',
  async ({ path, button, field, values }) => {
    const client = newClient()
    const page = await client.open(path)
    for (const unit of UNITS) {
      const typed = `${unit.repeat(LENGTH / unit.length)} x`
      const start = performance.now()
      const { status } = await client.press(page, button, { ...values, [field]: typed })
      expect([unit, status]).toEqual([unit, 200])
      expect(performance.now() - start, unit).toBeLessThan(ANSWER_MS)
    }
  },
)
