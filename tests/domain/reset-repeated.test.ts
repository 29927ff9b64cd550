import { describe, expect, it } from 'vitest'
import type { Email } from '@/lib/addresses'
import { resendCode } from '@/lib/challenges'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { passReset, resetIdentifier } from '@/lib/recovery'
import {
  expectDone,
  forgetLimits,
  later,
  MINUTE,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newOrigin,
} from '../support/accounts'
import { codesTo, newestCode } from '../support/outbox'
import { statementsOf } from '../support/statements'
import { start } from './reset-actions'

const pass = (secret: string, code: string, now = NOW) => passReset(secret, code, newOrigin(), now)

describe('a reset that is begun again in the same browser', () => {
  it('keeps its code within the pause', async () => {
    const account = await makeAccount()
    const first = await expectDone(start(account.email, 'primary_phone'))
    const again = await start(account.email, 'primary_phone', later(59), first.secret)
    expect(again).toEqual({ ok: true, value: first })
    expect(await codesTo(account.phone)).toHaveLength(1)
    const { secret } = await expectDone(
      pass(first.secret, await newestCode(account.phone), later(59)),
    )
    expect(await resetIdentifier(secret, later(59))).toBe(account.email.value)
  })

  it('is another one after it, which reaches an account that was unfrozen meanwhile', async () => {
    const account = await makeAccount()
    const freeze = (frozenAt: Date | null) =>
      db().user.update({ where: { id: account.userId }, data: { frozenAt } })
    await freeze(NOW)
    const first = await expectDone(start(account.email, 'primary_phone'))
    await freeze(null)
    const now = later(MINUTE)
    const second = await expectDone(start(account.email, 'primary_phone', now, first.secret))
    expect(second.secret).not.toBe(first.secret)
    expect(await pass(second.secret, await newestCode(account.phone), now)).toMatchObject({
      ok: true,
    })
  })

  it.each([
    ['by the other choice', 'email', 'recovery'],
    ['by the other identifier', 'phone', 'primary_phone'],
  ] as const)('is another one %s', async (_what, identifier, choice) => {
    const account = await makeRecoverable()
    const first = await expectDone(start(account.email, 'primary_phone'))
    const other = await expectDone(start(account[identifier], choice, NOW, first.secret))
    expect(other.secret).not.toBe(first.secret)
  })

  it('is another one once its attempts are used up', async () => {
    const account = await makeAccount()
    const first = await expectDone(start(account.email, 'primary_phone'))
    for (let attempt = 0; attempt < 5; attempt++) await pass(first.secret, 'no code')
    const now = later(MINUTE)
    const other = await expectDone(start(account.email, 'primary_phone', now, first.secret))
    expect(other.secret).not.toBe(first.secret)
    expect(await pass(other.secret, await newestCode(account.phone), now)).toMatchObject({
      ok: true,
    })
  })

  it('R10 calls the code of the earlier one an older code, once, without an attempt', async () => {
    const { account, older, second, now } = await begunAgain()
    expect(await pass(second.secret, older, now)).toEqual(refuse('code_superseded'))
    expect(await attemptsOf(account)).toEqual([0, 0])
    expect(await db().failureCount.count({ where: { account: account.userId, failures: 1 } })).toBe(
      0,
    )
    expect(await pass(second.secret, older, now)).toMatchObject(refuse('code_wrong'))
    expect(await pass(second.secret, await newestCode(account.phone), now)).toMatchObject({
      ok: true,
    })
  })

  it('calls the codes of every earlier one older codes, resent ones too', async () => {
    const { account, older, second } = await begunAgain()
    const resentAt = later(2 * MINUTE)
    const sent = await newestCode(account.phone)
    expect(
      await resendCode({ secret: second.secret }, 'reset_password', newOrigin(), resentAt),
    ).toEqual(done())
    const resent = await newestCode(account.phone)
    await forgetLimits()
    const third = await expectDone(
      start(account.email, 'primary_phone', later(3 * MINUTE), second.secret),
    )
    for (const code of [older, sent, resent])
      expect(await pass(third.secret, code, later(3 * MINUTE))).toEqual(refuse('code_superseded'))
  })

  it('closes the earlier one', async () => {
    const { first, older, now } = await begunAgain()
    expect(await pass(first.secret, older, now)).toEqual(refuse('challenge_gone'))
  })

  it('does not try codes of another identifier, whose attempts count elsewhere', async () => {
    const [account, other] = [await makeAccount(), await makeAccount()]
    const first = await expectDone(start(account.email, 'primary_phone'))
    const second = await expectDone(start(other.email, 'primary_phone', NOW, first.secret))
    const older = await newestCode(account.phone)
    expect(await pass(second.secret, older)).toMatchObject(refuse('code_wrong'))
  })

  it('R22 takes the same statements without an account', async () => {
    const again = async (email: Email) => {
      const { secret } = await expectDone(start(email, 'primary_phone'))
      return statementsOf(async () => {
        const second = await expectDone(start(email, 'primary_phone', later(MINUTE), secret))
        await pass(second.secret, 'no code', later(MINUTE))
      })
    }
    expect(await again((await makeAccount()).email)).toEqual(await again(newEmail()))
  })
})

/** A reset that is begun again after the pause, and the code of the earlier one. */
async function begunAgain() {
  const account = await makeAccount()
  const first = await expectDone(start(account.email, 'primary_phone'))
  const older = await newestCode(account.phone)
  const now = later(MINUTE)
  const second = await expectDone(start(account.email, 'primary_phone', now, first.secret))
  return { account, first, older, second, now }
}

async function attemptsOf({ userId }: { userId: string }) {
  const challenges = await db().challenge.findMany({ where: { userId } })
  return challenges.map(({ attempts }) => attempts)
}
