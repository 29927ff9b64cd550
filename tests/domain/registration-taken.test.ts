import { describe, expect, it } from 'vitest'
import { findPrimary } from '@/lib/addresses'
import { db } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import {
  atOnce,
  countOutcomes,
  expectDone,
  makeAccount,
  newEmail,
  newPhone,
} from '../support/accounts'
import { codesTo, kindsTo, newestCode, readOutbox } from '../support/outbox'
import { statementsOf } from '../support/statements'
import { finish, register } from './registration-actions'

describe('a registration with the number of an account', () => {
  it('takes the same statements and sends as many messages as any other', async () => {
    const statementsOfFree = await statementsOf(() => expectDone(register()))
    const newestKinds = async () =>
      (await readOutbox())
        .slice(0, 2)
        .map(({ kind, channel }) => [kind, channel])
        .sort()
    const kindsOfFree = await newestKinds()
    const { email, phone } = await makeAccount()
    const statementsOfTaken = await statementsOf(() => expectDone(register({ email, phone })))
    const kindsOfTaken = await newestKinds()
    expect(statementsOfTaken).toEqual(statementsOfFree)
    expect(kindsOfTaken).toEqual(kindsOfFree)
  })

  it('sends its owner a message and no code, and creates no account with any code', async () => {
    const owner = await makeAccount()
    const before = await db().user.count()
    const { secret } = await expectDone(register({ phone: owner.phone }))
    expect(await kindsTo(owner.phone)).toEqual(['already_registered', 'notice.registered'])
    const told = { kind: 'already_registered', userId: owner.userId }
    expect(await db().message.count({ where: told })).toBe(1)
    await finish(secret, '000000')
    expect(await db().user.count()).toBe(before)
  })
})

describe('a registration with the e-mail of an account', () => {
  it('sends nothing to that e-mail before its number is confirmed', async () => {
    const owner = await makeAccount()
    await expectDone(register({ email: owner.email }))
    expect(await kindsTo(owner.email)).toEqual(['notice.registered'])
  })
})

describe('concurrent registrations', () => {
  it('for one number create one account, and the other is told so', async () => {
    const phone = newPhone()
    const [one, other] = [
      await expectDone(register({ phone })),
      await expectDone(register({ phone })),
    ]
    const codes = await codesTo(phone)
    const before = await db().user.count()
    const outcomes = await Promise.all([
      finish(one.secret, codes[1] ?? ''),
      finish(other.secret, codes[0] ?? ''),
    ])
    expect(countOutcomes(outcomes)).toEqual({ done: 1, phone_taken: 1 })
    expect(await db().user.count()).toBe(before + 1)
  })

  it('for one e-mail each create an account, none of which has the e-mail yet', async () => {
    const email = newEmail()
    const started = await atOnce(5, async () => {
      const phone = newPhone()
      const { secret } = await expectDone(register({ email, phone }))
      return { secret, code: await newestCode(phone) }
    })
    const before = await db().user.count()
    const outcomes = await Promise.all(started.map(({ secret, code }) => finish(secret, code)))
    expect(countOutcomes(outcomes)).toEqual({ done: 5 })
    expect(await db().user.count()).toBe(before + 5)
    expect(await findPrimary(db(), email)).toBeNull()
  })

  it('use up their codes whether they win or lose', async () => {
    const phone = newPhone()
    const [lost, won] = [
      await expectDone(register({ phone })),
      await expectDone(register({ phone })),
    ]
    const [wonCode = '', lostCode = ''] = await codesTo(phone)
    await expectDone(finish(won.secret, wonCode))
    expect(await finish(lost.secret, lostCode)).toEqual(refuse('phone_taken'))
    expect(await finish(lost.secret, lostCode)).toEqual(refuse('challenge_gone'))
  })
})
