import { describe, expect, it } from 'vitest'
import { db } from '@/lib/platform/db'
import { passReset, resetIdentifier } from '@/lib/recovery'
import {
  expectDone,
  later,
  MINUTE,
  makeAccount,
  makeRecoverable,
  NOW,
  newOrigin,
} from '../support/accounts'
import { codesTo, newestCode } from '../support/outbox'
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
})
