import { expect, it } from 'vitest'
import { newClient } from '../support/client'
import { newCustomer } from '../support/customers'
import { origin } from '../support/running'
import { BY_PHONE_VALUE } from './flows'

const ANSWER_MS = 500
const HEALTH_MS = 300
/**
 * Long enough for a pause of the machine, and far too short for a field that takes quadratic time.
 */
const TRIES = 3

const UNITS = ['@', 'a@', ' ', '+', '0 ', 'a.', '1-', '\u200b']
const SIZES = [60_000, 200_000]

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

async function timed(work: () => Promise<unknown>) {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Posts a form within the time limit, and measures the process meanwhile. */
async function isQuick(post: () => Promise<unknown>) {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const posted = timed(post)
    const health = timed(() => fetch(`${origin()}/healthz`))
    if ((await posted) < ANSWER_MS && (await health) < HEALTH_MS) return true
  }
  return false
}

it.each(FIELDS)(
  'a field that is far too long is refused at once: $field at $path',
  async ({ path, button, field, values }) => {
    const client = newClient()
    const page = await client.open(path)
    const slow: string[] = []
    for (const size of SIZES)
      for (const unit of UNITS) {
        const typed = `${unit.repeat(size / unit.length)} x`
        const post = async () =>
          expect((await client.press(page, button, { ...values, [field]: typed })).status).toBe(200)
        if (!(await isQuick(post))) slow.push(`${size} of ${JSON.stringify(unit)}`)
      }
    expect(slow).toEqual([])
  },
)
