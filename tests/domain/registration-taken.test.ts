import { describe, expect, it } from 'vitest'
import type { Email, Phone } from '@/lib/addresses'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import {
  type Account,
  atOnce,
  email,
  expectDone,
  makeAccount,
  newEmail,
  newPhone,
} from '../support/accounts'
import { codesTo, kindsTo, newestCode, readOutbox } from '../support/outbox'
import { statementsOf } from '../support/statements'
import { finish, register } from './registration-actions'

type Taking = (owner: Account) => { email: Email; phone: Phone }

const TAKEN: [string, Taking][] = [
  ['the e-mail address', (owner) => ({ email: owner.email, phone: newPhone() })],
  ['the number', (owner) => ({ email: newEmail(), phone: owner.phone })],
  ['both', ({ email, phone }) => ({ email, phone })],
]

describe.each(TAKEN)('a registration with %s of an account', (_what, taking) => {
  it('takes the same statements and sends as many messages as any other', async () => {
    const free = { email: newEmail(), phone: newPhone() }
    const statementsOfFree = await statementsOf(() => expectDone(register(free)))
    const messagesOfFree = (await readOutbox()).slice(0, 3)
    const taken = taking(await makeAccount())
    const statementsOfTaken = await statementsOf(() => expectDone(register(taken)))
    const messagesOfTaken = (await readOutbox()).slice(0, 3)
    expect(statementsOfTaken).toEqual(statementsOfFree)
    expect(messagesOfTaken.map(({ kind, channel }) => [kind, channel])).toEqual(
      messagesOfFree.map(({ kind, channel }) => [kind, channel]),
    )
  })

  it('notifies only the owner', async () => {
    const owner = await makeAccount()
    const taken = taking(owner)
    await expectDone(register(taken))
    const told = (await readOutbox())
      .filter(({ kind, to }) => kind === 'already_registered' && to !== null)
      .map(({ to }) => to)
    const owned = [owner.email, owner.phone].filter((address) =>
      Object.values(taken).includes(address),
    )
    expect(told.slice(0, owned.length).sort()).toEqual(owned.map(({ value }) => value).sort())
  })

  it('creates no account with any code', async () => {
    const taken = taking(await makeAccount())
    const before = await db().user.count()
    const { secret } = await expectDone(register(taken))
    const [code = '000000'] = await codesTo(taken.phone)
    await finish(secret, code)
    expect(await db().user.count()).toBe(before)
  })
})

describe('the owner of a number', () => {
  it('receives no code when a stranger registers with it', async () => {
    const owner = await makeAccount()
    await expectDone(register({ phone: owner.phone }))
    expect(await kindsTo(owner.phone)).toEqual(['already_registered', 'notice.registered'])
  })
})

describe('an e-mail address', () => {
  it('is taken in upper and lower case', async () => {
    const owner = await makeAccount({ email: email('Ratu.Ayu@Example.com') })
    await expectDone(register({ email: email('ratu.ayu@EXAMPLE.com') }))
    expect(await kindsTo(email('ratu.ayu@example.com'))).toEqual(['already_registered'])
    expect(await kindsTo(owner.email)).toEqual(['notice.registered'])
  })
})

describe('concurrent registrations', () => {
  it('for one number create one account, and every caller sees success', async () => {
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
    expect(outcomes).toEqual([done(), done()])
    expect(await db().user.count()).toBe(before + 1)
    expect(
      await db().address.count({
        where: { removedAt: null, role: 'primary', user: { name: 'Budi Santoso' } },
      }),
    ).toBe(2)
  })

  it('for one e-mail address create one account, and every caller sees success', async () => {
    const email = newEmail()
    const started = await atOnce(5, async () => {
      const phone = newPhone()
      const { secret } = await expectDone(register({ email, phone }))
      return { secret, code: await newestCode(phone) }
    })
    const before = await db().user.count()
    const outcomes = await Promise.all(started.map(({ secret, code }) => finish(secret, code)))
    expect(outcomes).toEqual(started.map(() => done()))
    expect(await db().user.count()).toBe(before + 1)
  })

  it('use up their codes whether they win or lose', async () => {
    const phone = newPhone()
    const [lost, won] = [
      await expectDone(register({ phone })),
      await expectDone(register({ phone })),
    ]
    const [wonCode = '', lostCode = ''] = await codesTo(phone)
    await expectDone(finish(won.secret, wonCode))
    expect(await finish(lost.secret, lostCode)).toEqual(done())
    expect(await finish(lost.secret, lostCode)).toEqual(refuse('challenge_gone'))
  })
})
