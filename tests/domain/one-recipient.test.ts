import { beforeEach, describe, expect, it } from 'vitest'
import type { Phone } from '@/lib/addresses'
import {
  authoriseRecoveryAddress,
  findRecovery,
  requestConfirmation,
  requestRecoveryAddress,
} from '@/lib/contacts'
import { admitNewNumber } from '@/lib/messaging'
import { done, refuse } from '@/lib/platform/result'
import {
  type Account,
  atOnce,
  callerOf,
  expectDone,
  forgetLimits,
  makeAccount,
  NOW,
  newOrigin,
  newPhone,
} from '../support/accounts'
import { codesTo, newestCode, wrongCode } from '../support/outbox'
import { register } from './registration-actions'
import { start } from './reset-actions'

beforeEach(() => forgetLimits())

/** Lets a customer enter somebody's number as recovery number. */
async function add(account: Account, number: Phone) {
  await expectDone(requestRecoveryAddress(callerOf(account), number))
  const code = await newestCode(account.phone)
  return authoriseRecoveryAddress(callerOf(account), code)
}

describe('R25 a number that several accounts enter as their recovery number', () => {
  it('gets five codes in ten minutes from all of them together', async () => {
    const victim = newPhone()
    const accounts = await atOnce(4, () => makeAccount())
    for (let time = 0; time < 4; time++)
      for (const account of accounts) expect(await add(account, victim)).toEqual(done('phone'))
    expect(await codesTo(victim)).toHaveLength(5)
  })

  it('is saved all the same, and its customer is told how long to wait for a code', async () => {
    const [victim, account] = [newPhone(), await makeAccount()]
    for (let nth = 0; nth < 5; nth++) await add(await makeAccount(), victim)
    expect(await add(account, victim)).toEqual(done('phone'))
    expect((await findRecovery(account.userId, 'phone'))?.address).toEqual(victim)
    expect(await requestConfirmation(callerOf(account), 'phone')).toMatchObject({
      refusal: 'send_throttled',
      retryAfterSeconds: expect.closeTo(600, -2),
    })
  })

  it('is not counted for a wrong code, which sends nothing', async () => {
    const [number, account] = [newPhone(), await makeAccount()]
    await expectDone(requestRecoveryAddress(callerOf(account), number))
    const code = await newestCode(account.phone)
    for (let nth = 1; nth < 5; nth++)
      expect(await authoriseRecoveryAddress(callerOf(account), wrongCode(code, nth))).toMatchObject(
        refuse('code_wrong'),
      )
    await expectDone(authoriseRecoveryAddress(callerOf(account), code))
    for (let time = 0; time < 4; time++)
      expect(await add(await makeAccount(), number)).toEqual(done('phone'))
    expect(await codesTo(number)).toHaveLength(5)
  })
})

describe('R26 a stranger who uses up the registrations of a number', () => {
  const usedUp = async (account: Account) => {
    for (let time = 0; time < 10; time++) {
      await forgetLimits('registerFree%')
      await forgetLimits('registerIdentifier%')
      await expectDone(register({ phone: account.phone }))
    }
  }

  it('leaves its owner every code of a reset', async () => {
    const account = await makeAccount()
    await usedUp(account)
    await expectDone(start(account.phone, 'primary_phone'))
    expect(await codesTo(account.phone)).toHaveLength(1)
  })

  it('leaves a customer the code that confirms it as a recovery number', async () => {
    const [owner, customer] = [await makeAccount(), await makeAccount()]
    await usedUp(owner)
    await expectDone(add(customer, owner.phone))
    expect(await codesTo(owner.phone)).toHaveLength(1)
  })
})

it('one account sends at most ten codes a day to new numbers', async () => {
  const { userId } = await makeAccount()
  const asking = { purpose: 'confirm_recovery', userId, origin: newOrigin(), now: NOW } as const
  const answers = []
  for (let time = 0; time < 11; time++) answers.push(await admitNewNumber(newPhone(), asking))
  expect(answers.slice(0, 10)).toEqual(Array(10).fill(undefined))
  expect(answers[10]).toMatchObject({ refusal: 'send_throttled' })
})
