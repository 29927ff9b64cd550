import { REFUSAL } from '../../http/flows'
import { type Answer, newClient } from '../../support/client'
import { newCustomer, newEmail } from '../../support/customers'
import { formsOf, initialValues, textOf } from '../../support/html'
import { countLeftOpen, openSockets, statusAt, watchPage } from './half-open'
import { countSmsOf, type Report, testStrangers } from './report'

/** The quadratic pattern of an earlier version took 14 s. */
const SLOWEST_PAGE_MS = 5_000
const BODY_BYTES = 9_000_000
const LONG = 150_000
const ACCEPTED = 60_000
const HALF_OPEN = 300
const UNKNOWN_ACTION = '40'.padEnd(42, '0')
const FOREIGN = [
  { origin: 'https://jahat.example' },
  { origin: 'null' },
  { origin: 'null', 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
]

const times = <Value>(count: number, work: (nth: number) => Promise<Value>) =>
  Promise.all(Array.from({ length: count }, (_, nth) => work(nth)))

const kindsOf = (answers: readonly unknown[]) => [...new Set(answers)]

/** Runs an attack, and expects that a customer gets the log-in page meanwhile. */
async function addPageMeanwhile(report: Report, attack: Promise<unknown>) {
  const { status, waitMs } = await watchPage(attack)
  report.addExperience(
    `a customer’s log-in page comes within ${SLOWEST_PAGE_MS / 1_000} s meanwhile`,
    [status, waitMs < SLOWEST_PAGE_MS],
    [200, true],
  )
}

export function testFloods() {
  testLongValues()
  testEndlessRequests()
  testUnknownRequests()
}

function testLongValues() {
  testStrangers('R73', 'values that take a pattern long', async (report) => {
    const page = await newClient().open('/register')
    const post = (length: number) =>
      newClient().press(page, 'Daftar', {
        ...newCustomer(),
        email: `${'@'.repeat(length)} x`,
      })
    report.addTried('10 registrations whose e-mail is 150 000 “@”, and 10 with 60 000')
    const attack = Promise.all([times(10, () => post(LONG)), times(10, () => post(ACCEPTED))])
    await addPageMeanwhile(report, attack)
    const [long, accepted] = await attack
    report.addEnd('none: larger than 64 kB (413)', kindsOf(long.map(({ status }) => status)), [413])
    const refused = accepted.map(({ html }) => textOf(html).includes(REFUSAL.email_too_long))
    report.addEnd('the smaller ones are refused at the field', kindsOf(refused), [true])
  })
}

function testEndlessRequests() {
  testStrangers('R73', 'bodies and connections without an end', async (report) => {
    report.addTried(`${HALF_OPEN} half-open connections, and 100 posts that announce 9 MB`)
    const halfOpen = await openSockets(HALF_OPEN, 'POST /login HTTP/1.1\r\nhost: loc')
    const large = await openSockets(
      100,
      `POST /register HTTP/1.1\r\nhost: localhost\r\ncontent-length: ${BODY_BYTES}\r\n\r\nx`,
    )
    const attack = Promise.all([
      Promise.all(large.map(statusAt)),
      countLeftOpen([...halfOpen, ...large]),
    ])
    await addPageMeanwhile(report, attack)
    const [statuses, left] = await attack
    report.addEnd('the posts are refused before their body (413)', kindsOf(statuses), ['413'])
    report.addEnd('all connections are closed within 30 s', left, 0)
  })
}

function testUnknownRequests() {
  testStrangers('R48', 'requests that the product does not know', async (report) => {
    report.addTried(`20 posts to an unknown action, and ${FOREIGN.length} forms of another site`)
    const unknown = times(20, async () => (await postUnknown()).status)
    await addPageMeanwhile(report, unknown)
    report.addEnd('none: “reload” (409)', kindsOf(await unknown), [409])
    const cost = await countSmsOf(async () => {
      const foreign = await times(FOREIGN.length, async (nth) => postForeign(FOREIGN[nth] ?? {}))
      report.addEnd('none of the forms (403)', kindsOf(foreign.map(({ status }) => status)), [403])
    })
    report.addCost(cost, 'to anybody')
  })
}

/** Posts the log-in form of another build. */
async function postUnknown(): Promise<Answer> {
  const client = newClient({ headers: { accept: 'text/html' } })
  const [form] = formsOf((await client.open('/login')).html)
  const body = new FormData()
  for (const [name, value] of form ? initialValues(form) : [])
    body.append(name, value.replace(/[0-9a-f]{42}/, UNKNOWN_ACTION))
  return client.request('/login', { method: 'POST', body })
}

/** Posts the form of a reset as another site would. */
async function postForeign(headers: Record<string, string>): Promise<Answer> {
  const client = newClient({ headers })
  const page = await client.open('/reset')
  const typed = { identifier: newEmail(), choice: 'primary_phone' }
  return client.press(page, 'Kirim kode', typed, headers.origin ?? null)
}
