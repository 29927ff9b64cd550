import { newClient } from '../../support/client'
import { newCustomer, newEmail, nextCode, walkToAccount } from '../../support/customers'
import { insertCustomer } from '../../support/fixtures'
import { inbox } from '../../support/running'
import { inBatches } from '../batches'
import { changeAddress } from '../change-address'
import { logIn, outcomeOf } from '../intruder'
import type { AdvanceClock } from '../report'
import { askForReset, insist } from './owner'
import { countSmsOf, testStrangers } from './report'

const BURST_MS = 10 * 60 * 1_000
const REGISTRATIONS = 5

export function testSquatters(advanceClock: AdvanceClock) {
  testSquattedEmail(advanceClock)
  testSquattedNumber(advanceClock)
}

function testSquattedEmail(advanceClock: AdvanceClock) {
  testStrangers('R26', 'a customer’s e-mail in registrations of others', async (report) => {
    const email = newEmail()
    report.addTried(`${REGISTRATIONS} registrations, which do not confirm it`)
    const cost = await countSmsOf(() =>
      inBatches(Array(REGISTRATIONS).fill(email), (squatted: string) =>
        walkToAccount(newCustomer({ email: squatted })),
      ),
    )
    report.addCost(cost, 'to the strangers: their codes and welcomes')
    const owner = newCustomer({ email })
    const client = newClient()
    await client.send('/register', 'Daftar', owner)
    const code = await nextCode(owner.phone, 'register')
    const created = await client.send('/register/code', 'Verifikasi', { code })
    report.addEnd(
      'the codes to the e-mail of ten minutes are used up',
      created.path,
      '/register/done',
    )
    const byNumber = outcomeOf(await logIn(client, owner.phone, owner.password))
    report.addExperience('registers without it, and logs in with the number', byNumber, '/profile')
    await advanceClock(BURST_MS)
    await changeAddress(client, {
      path: '/profile/email',
      fields: { email, currentPassword: owner.password, proof: 'primary_phone' },
      authorise: [owner.phone, 'change_email'],
      confirm: [email, 'confirm_email'],
    })
    const byEmail = outcomeOf(await logIn(newClient(), email, owner.password))
    report.addExperience(
      'adds the e-mail in the profile ten minutes later, and has it',
      byEmail,
      '/profile',
    )
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
    const told = (await inbox(owner.phone)).filter(({ kind }) => kind === 'already_registered')
    report.addEnd('10 “you already have an account”', told.length, 10)
    report.addCost(cost, 'to the owner')
    const { client } = await askForReset(owner.phone, 'primary_phone')
    const code = await nextCode(owner.phone, 'reset_password')
    const passed = await client.send('/reset/code', 'Verifikasi', { code })
    report.addExperience('a reset gets its code at once', passed.path, '/reset/password')
  })
}
