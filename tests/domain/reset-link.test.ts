import { describe, expect, it } from 'vitest'
import { findResetLink } from '@/lib/activity'
import { resendCode } from '@/lib/challenges'
import { removeRecoveryAddress, requestRemoval } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { peek } from '@/lib/platform/limit-uses'
import { done, refuse } from '@/lib/platform/result'
import { freezeOwnAccount, passReset, type ResetChoice, resetIdentifier } from '@/lib/recovery'
import {
  type Account,
  callerOf,
  DAY,
  expectDone,
  forgetLimits,
  later,
  MINUTE,
  makeRecoverable,
  NOW,
  newOrigin,
} from '../support/accounts'
import { codesTo, kindsTo, newestCode, wrongCode } from '../support/outbox'
import { attack, begin, linkOf } from './link-actions'
import { complete, SET, start } from './reset-actions'

const UNKNOWN_FAILURES = 60

/** Strangers use up what unknown browsers have on a path. */
async function close({ userId: account }: Account, path: ResetChoice) {
  const key = { account_path_scope: { account, path, scope: 'unknown' } }
  const row = { failures: UNKNOWN_FAILURES, updatedAt: NOW }
  await db().failureCount.upsert({
    where: key,
    create: { ...key.account_path_scope, ...row },
    update: row,
  })
}

const isLive = async (token: string, now = NOW) => (await findResetLink(token, now)) !== null

describe('the link in the notification of used-up attempts', () => {
  it('resets the password while strangers have closed the path, and opens it again', async () => {
    const account = await makeRecoverable()
    await attack(account)
    await close(account, 'primary_phone')
    const codes = (await codesTo(account.phone)).length
    await expectDone(start(account.email, 'primary_phone'))
    expect(await codesTo(account.phone)).toHaveLength(codes)
    const { secret } = await expectDone(begin(await linkOf(account.recovery)))
    const passed = await expectDone(
      passReset(secret, await newestCode(account.phone), newOrigin(), NOW),
    )
    expect(await resetIdentifier(passed.secret, NOW)).toBe('')
    expect(await complete(passed.secret)).toEqual(SET)
    await forgetLimits()
    await expectDone(start(account.email, 'primary_phone'))
    expect(await codesTo(account.phone)).toHaveLength(codes + 2)
  })

  it('sends the code where the chosen path says, not to the reader of the link', async () => {
    const account = await makeRecoverable()
    await attack(account)
    const token = await linkOf(account.recovery)
    const before = (await codesTo(account.recovery)).length
    await expectDone(begin(token, 'primary_phone'))
    expect(await codesTo(account.recovery)).toHaveLength(before)
    await expectDone(begin(token, 'recovery'))
    expect(await codesTo(account.recovery)).toHaveLength(before + 1)
  })

  it('goes to every confirmed address, another one to each, and not to an unconfirmed one', async () => {
    const account = await makeRecoverable()
    await attack(account)
    const [phone, recovery] = [await linkOf(account.phone), await linkOf(account.recovery)]
    expect(phone).not.toBe(recovery)
    expect((await kindsTo(account.email))[0]).toBe('notice.attempts_used_up')
    await expect(linkOf(account.email)).rejects.toThrow('no link was sent')
  })

  it('has five attempts and sends of its own', async () => {
    const account = await makeRecoverable()
    await attack(account)
    const token = await linkOf(account.phone)
    const { secret } = await expectDone(begin(token))
    const wrong = wrongCode(await newestCode(account.phone))
    for (let attempt = 0; attempt < 5; attempt++) await passReset(secret, wrong, newOrigin(), NOW)
    const before = (await codesTo(account.phone)).length
    await expectDone(begin(token, 'primary_phone', later(MINUTE)))
    expect(await codesTo(account.phone)).toHaveLength(before)
    const other = await expectDone(begin(token, 'recovery', later(MINUTE)))
    expect(await resendCode(other, 'reset_password', newOrigin(), later(3 * MINUTE))).toEqual(
      done(),
    )
    for (let time = 0; time < 3; time++)
      await expectDone(begin(token, 'recovery', later((4 + time) * MINUTE)))
    expect(await begin(token, 'recovery', later(9 * MINUTE))).toMatchObject({
      refusal: 'send_throttled',
    })
  })

  it('is replaced by the next one of its address, and expires after three days', async () => {
    const account = await makeRecoverable()
    await attack(account)
    const first = await linkOf(account.phone)
    expect([await isLive(first, later(3 * DAY - 1)), await isLive(first, later(3 * DAY))]).toEqual([
      true,
      false,
    ])
    await attack(account, later(DAY + 1))
    const second = await linkOf(account.phone)
    expect([await isLive(first), await isLive(second)]).toEqual([false, true])
    expect(await begin(first)).toEqual(refuse('reset_link_gone'))
  })

  it('ends when its address is removed, and no other with it', async () => {
    const account = await makeRecoverable()
    await attack(account)
    const [gone, kept] = [await linkOf(account.recovery), await linkOf(account.phone)]
    await expectDone(requestRemoval(callerOf(account), 'email'))
    await expectDone(removeRecoveryAddress(callerOf(account), await newestCode(account.phone)))
    expect([await isLive(gone), await isLive(kept)]).toEqual([false, true])
  })

  it('ends with a freeze and with a completed reset, for good', async () => {
    const [frozen, reset] = [await makeRecoverable(), await makeRecoverable()]
    for (const account of [frozen, reset]) await attack(account)
    const tokens = [await linkOf(frozen.phone), await linkOf(reset.phone)]
    await freezeOwnAccount(frozen.userId, newOrigin(), NOW)
    await db().user.update({ where: { id: frozen.userId }, data: { frozenAt: null } })
    const { secret } = await expectDone(begin(tokens[1] ?? ''))
    const passed = await expectDone(
      passReset(secret, await newestCode(reset.phone), newOrigin(), NOW),
    )
    await expectDone(complete(passed.secret))
    expect(await Promise.all(tokens.map((token) => isLive(token)))).toEqual([false, false])
  })

  it('of a thief of one mailbox gives no more than twenty attempts in thirty days', async () => {
    const account = await makeRecoverable()
    const used = { attempts: 0 }
    for (let day = 0; day < 30; day++) {
      await forgetLimits()
      const now = later(day * (DAY + 1))
      await db().failureCount.deleteMany({ where: { account: account.userId, scope: 'unknown' } })
      await attack(account, now)
      const { secret } = await expectDone(
        begin(await linkOf(account.recovery), 'primary_phone', now),
      )
      for (let attempt = 0; attempt < 5; attempt++)
        await passReset(secret, '000000', newOrigin(), now)
      const links = await db().failureCount.findFirst({
        where: { account: account.userId, path: 'primary_phone', scope: 'links' },
      })
      used.attempts = links?.failures ?? 0
    }
    expect(used.attempts).toBe(20)
  })
})

it('a reset that is begun by a link again in the same browser keeps its code within the pause', async () => {
  const account = await makeRecoverable()
  await attack(account)
  const token = await linkOf(account.recovery)
  const first = await expectDone(begin(token))
  const codes = (await codesTo(account.phone)).length
  for (let time = 0; time < 6; time++)
    expect(await begin(token, 'primary_phone', later(59), first.secret)).toEqual(done(first))
  expect(await codesTo(account.phone)).toHaveLength(codes)
  const other = await expectDone(begin(token, 'primary_phone', later(MINUTE), first.secret))
  expect(other.secret).not.toBe(first.secret)
})

it('a reset by a link, which no network was counted for, gives none a credit', async () => {
  const account = await makeRecoverable()
  await attack(account)
  const { secret } = await expectDone(begin(await linkOf(account.recovery)))
  const ip = '203.0.113.77'
  await expectDone(passReset(secret, await newestCode(account.phone), { ip, userAgent: '' }, NOW))
  expect((await peek('resetNetwork', `${ip}/32`)).count).toBe(0)
})
