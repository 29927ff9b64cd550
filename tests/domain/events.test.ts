import { describe, expect, it } from 'vitest'
import { logIn } from '@/lib/accounts'
import { viewChallenge } from '@/lib/challenges'
import { requestRecoveryAddress } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { passReset } from '@/lib/recovery'
import type { EventType } from '@/prisma/client/enums'
import {
  type Account,
  callerOf,
  DAY,
  expectDone,
  later,
  makeRecoverable,
  NOW,
  newOrigin,
  newPhone,
  PASSWORD,
} from '../support/accounts'
import { runReports } from '../support/jobs'
import { kindsTo, newestCode, wrongCode } from '../support/outbox'
import { start } from './reset-actions'

/** Logs in. Returns the new content of the device cookie. */
async function enter({ email }: Account, deviceSecrets: string[] = []) {
  const outcome = await expectDone(
    logIn({
      identifier: email.value,
      password: PASSWORD,
      origin: { ...newOrigin(), deviceSecrets },
      now: NOW,
    }),
  )
  return 'session' in outcome ? outcome.deviceSecrets : []
}
const count = ({ userId }: Account, type: EventType) =>
  db().securityEvent.count({ where: { userId, type } })

describe('a login from a new device', () => {
  it('is an event that every address is notified of, except of the first log-in of the account', async () => {
    const account = await makeRecoverable()
    const addresses = [account.email, account.phone, account.recovery]
    await enter(account)
    expect(await count(account, 'new_device')).toBe(1)
    for (const address of addresses)
      expect(await kindsTo(address)).not.toContain('notice.new_device')
    await enter(account)
    expect(await count(account, 'new_device')).toBe(2)
    for (const address of addresses) expect(await kindsTo(address)).toContain('notice.new_device')
  })

  it('is not recorded for a browser that logged in before, even after its session ended', async () => {
    const account = await makeRecoverable()
    await enter(account)
    const secrets = await enter(account)
    await db().session.updateMany({ where: { userId: account.userId }, data: { revokedAt: NOW } })
    await enter(account, secrets)
    expect(await count(account, 'new_device')).toBe(2)
  })

  it('is recorded each time when the browser keeps no cookie', async () => {
    const account = await makeRecoverable()
    for (let login = 0; login < 3; login++) await enter(account)
    expect(await count(account, 'new_device')).toBe(3)
  })
})

describe('R41 attempts that are used up', () => {
  async function exhaust(account: Account, now: Date) {
    const { secret } = await expectDone(start(account.email, 'primary_phone', now))
    const code = wrongCode(await newestCode(account.phone))
    for (let attempt = 0; attempt < 5; attempt++) await passReset(secret, code, newOrigin(), now)
    await runReports()
  }

  it('are an event that every address is notified of once a day', async () => {
    const account = await makeRecoverable()
    await exhaust(account, NOW)
    await exhaust(account, later(31))
    expect(await count(account, 'attempts_used_up')).toBe(1)
    for (const address of [account.email, account.phone, account.recovery])
      expect(
        (await kindsTo(address)).filter((kind) => kind === 'notice.attempts_used_up'),
      ).toHaveLength(1)
    await exhaust(account, later(DAY + 1))
    expect(await count(account, 'attempts_used_up')).toBe(2)
  })
})

describe('the delivery of a code', () => {
  it('is shown as the state of its latest message', async () => {
    const account = await makeRecoverable()
    const caller = callerOf(account)
    await expectDone(requestRecoveryAddress(caller, newPhone()))
    const delivery = async () =>
      (await viewChallenge({ userId: account.userId }, 'authorise_recovery', caller.now))?.delivery
    const updateMessage = (data: { sentAt?: Date; deliveredAt?: Date; failedAt?: Date }) =>
      db().message.updateMany({
        where: { challenge: { userId: account.userId } },
        data: { ...data, sealedBody: null },
      })
    expect(await delivery()).toBe('sending')
    await updateMessage({ sentAt: NOW })
    expect(await delivery()).toBe('sent')
    await updateMessage({ deliveredAt: NOW })
    expect(await delivery()).toBe('delivered')
  })
})
