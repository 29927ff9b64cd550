import { formsOf, initialValues } from '@/tests/support/html'
import { longText } from './units'
import type { WebProcess } from './web-process'

const LENGTHS = [30_000, 60_000] as const
const POSTS = 20
const UNITS = ['@', 'a@', ' ', '1-', '\u200b', '\ufdfa']

const FORMS: [string, string, Record<string, string>][] = [
  [
    '/register',
    'Daftar',
    {
      name: 'Warga Baru',
      email: 'warga@surat.example',
      phone: '081377771234',
      password: 'perahu kertas di kali',
    },
  ],
  ['/login', 'Masuk', { identifier: 'warga@surat.example', password: 'perahu kertas' }],
  ['/reset', 'Kirim kode', { identifier: 'warga@surat.example', choice: 'primary_phone' }],
]

/** CPU of the web process for one answer, in milliseconds: the most over all units. */
export type AnswerFigures = { form: string; field: string; halfMs: number; wholeMs: number }

/** Posts long values in each field of the forms that strangers may post. */
export async function measureAnswers(origin: string, web: WebProcess): Promise<AnswerFigures[]> {
  const figures: AnswerFigures[] = []
  for (const [form, button, values] of FORMS) {
    const hidden = await hiddenFieldsOf(`${origin}${form}`, button)
    for (const field of Object.keys(values)) {
      const post = async (text: string) => {
        const body = new FormData()
        for (const [name, value] of hidden) body.append(name, value)
        for (const [name, value] of Object.entries({ ...values, [field]: text }))
          body.append(name, value)
        const { status } = await fetch(`${origin}${form}`, {
          method: 'POST',
          headers: { origin, cookie: 'visit=cookies-kept' },
          redirect: 'manual',
          body,
        })
        if (status !== 200) throw new Error(`${form} answered ${status}`)
      }
      const [halfMs = Number.NaN, wholeMs = Number.NaN] = await worstOf(post, web)
      figures.push({ form, field, halfMs, wholeMs })
    }
  }
  return figures
}

/** What the form names its server action with. */
async function hiddenFieldsOf(page: string, button: string) {
  const form = formsOf(await (await fetch(page)).text()).find(({ buttons }) =>
    buttons.some(({ label }) => label === button),
  )
  if (!form) throw new Error(`no button "${button}" at ${page}`)
  return initialValues(form).filter(([name]) => name.startsWith('$ACTION'))
}

async function worstOf(post: (text: string) => Promise<void>, web: WebProcess) {
  const worst = LENGTHS.map(() => 0)
  for (const unit of UNITS)
    for (const [nth, length] of LENGTHS.entries()) {
      const start = web.cpuMs()
      // A form has 64 kB at most, in UTF-8.
      const text = longText(unit, length / Buffer.byteLength(unit))
      for (let time = 0; time < POSTS; time++) await post(text)
      worst[nth] = Math.max(worst[nth] ?? 0, (web.cpuMs() - start) / POSTS)
    }
  return worst
}
