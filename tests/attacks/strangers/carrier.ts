import { type Answer, newClient, newIp } from '../../support/client'
import { type Customer, newCustomer, nextCode, walkLogin } from '../../support/customers'
import { insertCustomer } from '../../support/fixtures'
import { inBatches } from '../batches'
import type { AdvanceClock } from '../report'
import { gather, insertEach } from './crowd'
import { askForReset } from './owner'
import { countSmsOf, testStrangers } from './report'

/**
 * A domain test plays a thousand, who do all three. More than thirty of each show that none stay
 * counted.
 */
const REGISTERING = 35
const LOGGING_IN = 205
const RESETTING = 35
const NAMES = 85
const LONGEST_WAIT_MS = 40_000
const ROUNDS = 6

export function testCarrier(advanceClock: AdvanceClock) {
  testStrangers(
    'R25 R26',
    'one abuser among the customers of a carrier’s address',
    async (report) => {
      const ip = newIp()
      const known = await insertCustomer()
      const device = await walkLogin(known, newClient({ ip }))
      await device.send('/profile', 'Keluar')
      const customers = await insertEach(Array(LOGGING_IN + RESETTING).fill({}))
      report.addExperience(
        `${REGISTERING} customers register there, ${LOGGING_IN} log in, ${RESETTING} reset, without a proof`,
        [await register(ip), await enter(ip, customers), await reset(ip, customers)],
        [REGISTERING, LOGGING_IN, RESETTING],
      )
      report.addTried(`from that address, a reset for each of ${NAMES} customers within an hour`)
      const names = customers.slice(0, NAMES)
      const asked = { letIn: 0 }
      const cost = await countSmsOf(async () => {
        asked.letIn = await abuse(ip, names, advanceClock)
      })
      report.addEnd('80, after proofs from the 31st on', asked.letIn, 80)
      report.addCost(cost, 'to these customers')
      const unknown = await askForReset(known.email, 'primary_phone', newClient({ ip }))
      report.addExperience(
        'then an unknown browser there waits up to an hour for a reset',
        unknown.end,
        'send_throttled',
      )
      const own = await askForReset(known.email, 'primary_phone', device)
      report.addExperience('a known device resets at once', own.end, '/reset/code')
    },
  )
}

const countAt = (ends: readonly (string | null)[], path: string) =>
  ends.filter((end) => end === path).length

async function register(ip: string) {
  const { page, newVisitor } = await gather('/register', ip)
  const ends = await inBatches(Array(REGISTERING).fill(page), async (form: Answer) => {
    const [visitor, customer] = [newVisitor(), newCustomer()]
    await visitor.press(form, 'Daftar', customer)
    const code = await nextCode(customer.phone, 'register')
    return (await visitor.press(await visitor.open('/register/code'), 'Verifikasi', { code }))
      .location
  })
  return countAt(ends, '/register/email')
}

async function enter(ip: string, customers: readonly Customer[]) {
  const { page, newVisitor } = await gather('/login', ip)
  const ends = await inBatches(customers.slice(RESETTING), async ({ email, password }) => {
    const typed = { identifier: email, password }
    return (await newVisitor().press(page, 'Masuk', typed)).location
  })
  return countAt(ends, '/profile')
}

async function reset(ip: string, customers: readonly Customer[]) {
  const { page, newVisitor } = await gather('/reset', ip)
  const ends = await inBatches(customers.slice(0, RESETTING), async ({ phone }) => {
    const visitor = newVisitor()
    await visitor.press(page, 'Kirim kode', { identifier: phone, choice: 'primary_phone' })
    const code = await nextCode(phone, 'reset_password')
    return (await visitor.press(await visitor.open('/reset/code'), 'Verifikasi', { code })).location
  })
  return countAt(ends, '/reset/password')
}

/**
 * Asks for a reset of each, and waits out every proof, all at the same time. Returns how many were
 * let in.
 */
async function abuse(ip: string, names: readonly Customer[], advanceClock: AdvanceClock) {
  const { page, newVisitor } = await gather('/reset', ip)
  const ask = (identifier: string, from: Answer) =>
    newVisitor().press(from, 'Kirim kode', { identifier, choice: 'primary_phone' })
  let waiting = names.map(({ phone }) => ({ phone, from: page }))
  for (let round = 0; round < ROUNDS && waiting.length > 0; round++) {
    const held = await inBatches(waiting, async ({ phone, from }) => {
      const answer = await ask(phone, from)
      return answer.location === null ? [{ phone, from: answer }] : []
    })
    waiting = held.flat()
    await advanceClock(LONGEST_WAIT_MS)
  }
  return names.length - waiting.length
}
