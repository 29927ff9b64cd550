import { randomInt } from 'node:crypto'
import translations from '@/messages/id.json'
import { type Client, newClient } from '../../support/client'
import {
  type Customer,
  newCustomer,
  newEmail,
  nextCode,
  walkToConfirmation,
} from '../../support/customers'
import { insertCustomer, insertSession } from '../../support/fixtures'
import { inbox, productNow } from '../../support/running'
import { inBatches } from '../batches'
import type { AdvanceClock } from '../report'
import { insertEach } from './crowd'
import { askForReset } from './owner'
import { countSmsOf, testStrangers } from './report'

const HOUR_MS = 60 * 60 * 1_000
const MINUTE_MS = 60_000
const PUMPED = 60
const CUSTOMERS = 20
const ACCOUNTS = 4
const ROUNDS = 8

export function testPumping(advanceClock: AdvanceClock) {
  testPumpedPrefix(advanceClock)
  testNamedNumber(advanceClock)
}

function testPumpedPrefix(advanceClock: AdvanceClock) {
  testStrangers(
    'R25 R26',
    'a prefix is pumped (played: a ceiling of 30 SMS an hour)',
    async (report) => {
      await beginHour(advanceClock)
      const prefix = `0813${randomInt(1_000, 9_999)}`
      const numberOf = (nth: number) => `${prefix}${1_000 + nth}`
      const numbers = Array.from({ length: PUMPED }, (_, nth) => numberOf(nth))
      report.addTried(`${PUMPED} registrations, each of another number and from another network`)
      const pumped = await countSmsOf(() =>
        inBatches(numbers, (phone) =>
          newClient().send('/register', 'Daftar', newCustomer({ phone })),
        ),
      )
      report.addEnd('13 codes, 45 % of the ceiling', pumped, 13)
      report.addCost(pumped, 'to the numbers of the pump')
      const customers = await insertEach(
        Array.from({ length: CUSTOMERS }, (_, nth) => ({ phone: numberOf(5_000 + nth) })),
      )
      await inBatches(customers, ({ phone }) => askForReset(phone, 'primary_phone'))
      const codes = await inBatches(customers, ({ phone }) => nextCode(phone, 'reset_password'))
      report.addExperience(
        `${CUSTOMERS} customers of the prefix get the codes of their resets`,
        codes.filter(Boolean).length,
        CUSTOMERS,
      )
      const signedIn = await signInEach(customers)
      const asked = await inBatches(signedIn, async ({ client, phone }) => {
        await client.send('/profile/recovery/email', 'Simpan', { email: newEmail() })
        return nextCode(phone, 'authorise_recovery')
      })
      report.addExperience(
        'and those they ask for signed in',
        asked.filter(Boolean).length,
        CUSTOMERS,
      )
    },
  )
}

function testNamedNumber(advanceClock: AdvanceClock) {
  testStrangers('R25', 'four accounts name one customer’s number', async (report) => {
    const victim = await insertCustomer()
    report.addTried(`its code from ${ACCOUNTS} accounts, ${ROUNDS} times each within half an hour`)
    const cost = await countSmsOf(async () => {
      const accounts = await signInEach(await insertEach(Array(ACCOUNTS).fill({})))
      await inBatches(accounts, (account) =>
        walkToConfirmation(account.client, account, 'phone', victim.phone),
      )
      for (let round = 1; round < ROUNDS; round++) {
        await advanceClock(3 * MINUTE_MS)
        await inBatches(accounts, sendAgain)
      }
    })
    const received = (await inbox(victim.phone)).length
    report.addEnd('10 a day', received, 10)
    report.addCost(received, 'to the customer')
    report.addCost(cost - received, 'to the accounts')
    await askForReset(victim.phone, 'primary_phone')
    const code = await nextCode(victim.phone, 'reset_password')
    report.addExperience('a reset gets its code at once', code.length, 6)
  })
}

/** A ceiling is that of a clock hour. */
const beginHour = (advanceClock: AdvanceClock) =>
  advanceClock(HOUR_MS - (productNow().getTime() % HOUR_MS) + MINUTE_MS)

/** Signs customers in one after the other: they share a connection. */
async function signInEach(customers: readonly Customer[]) {
  const signedIn: (Customer & { client: Client })[] = []
  for (const customer of customers)
    signedIn.push({ ...customer, client: await insertSession(customer) })
  return signedIn
}

async function sendAgain({ client }: { client: Client }) {
  const page = await client.open('/profile/recovery/phone/confirm')
  const button = page.html.includes(translations.code.resend)
  if (button) await client.press(page, translations.code.resend)
}
