import { expect, vi } from 'vitest'
import { newClient } from '../../support/client'
import {
  newCustomer,
  newEmail,
  nextCode,
  walkRegistration,
  walkToAccount,
} from '../../support/customers'
import { insertCustomer } from '../../support/fixtures'
import { inbox } from '../../support/running'
import { inBatches } from '../batches'
import { logIn, outcomeOf } from '../intruder'
import type { AdvanceClock } from '../report'
import { askForReset, insist } from './owner'
import { countSmsOf, testStrangers } from './report'

/** More than the codes of ten minutes. */
const REGISTRATIONS = 6

export function testSquatters(advanceClock: AdvanceClock) {
  testSquattedEmail()
  testSquattedNumber(advanceClock)
}

function testSquattedEmail() {
  testStrangers('R26', 'a customer’s e-mail in registrations of others', async (report) => {
    const email = newEmail()
    report.addTried(`${REGISTRATIONS} registrations, which do not confirm it`)
    const cost = await countSmsOf(() =>
      inBatches(Array(REGISTRATIONS).fill(email), (squatted: string) =>
        walkToAccount(newCustomer({ email: squatted })),
      ),
    )
    report.addCost(cost, 'to the strangers: their codes and welcomes')
    const codes = (await inbox(email)).filter(({ kind }) => kind === 'code.verify_email')
    report.addEnd(`${REGISTRATIONS} codes to the e-mail`, codes.length, REGISTRATIONS)
    const owner = await walkRegistration(newCustomer({ email }))
    const byEmail = outcomeOf(await logIn(newClient(), email, owner.password))
    report.addExperience('registers, confirms the e-mail, and logs in with it', byEmail, '/profile')
  })
}

function testSquattedNumber(advanceClock: AdvanceClock) {
  testStrangers('R26', 'a customer’s number in registrations of others', async (report) => {
    const owner = await insertCustomer()
    report.addTried('10 registrations in a day, each from a network of its own')
    const cost = await countSmsOf(async () => {
      for (let time = 0; time < 10; time++)
        await insist('/register', 'Daftar', newCustomer({ phone: owner.phone }), advanceClock)
    })
    const told = await vi.waitFor(async () => {
      const kinds = (await inbox(owner.phone)).map(({ kind }) => kind)
      const count = kinds.filter((kind) => kind === 'already_registered').length
      expect(count).toBeGreaterThan(9)
      return count
    })
    report.addEnd('10 “you already have an account”', told, 10)
    report.addCost(cost, 'to the owner')
    const { client } = await askForReset(owner.phone, 'primary_phone')
    const code = await nextCode(owner.phone, 'reset_password')
    const passed = await client.send('/reset/code', 'Verifikasi', { code })
    report.addExperience('a reset gets its code at once', passed.path, '/reset/password')
  })
}
