import { describe, expect, it } from 'vitest'
import { readProfile } from '@/lib/accounts'
import { resendCode } from '@/lib/challenges'
import { confirmPrimaryEmail, findEmailToConfirm, requestEmailConfirmation } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { freezeOwnAccount } from '@/lib/recovery'
import {
  callerOf,
  expectDone,
  later,
  MINUTE,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newOrigin,
} from '../support/accounts'
import { codesTo, kindsTo, newestCode, wrongCode } from '../support/outbox'
import { change, restrict } from './change-actions'

describe('the primary e-mail', () => {
  it('is unconfirmed after the registration, and is confirmed with a code to it', async () => {
    const account = await makeAccount()
    const primaries = async () => (await readProfile(account.userId)).primaries
    expect(await primaries()).toMatchObject([
      { kind: 'email', confirmedAt: null },
      { kind: 'phone' },
    ])
    await expectDone(requestEmailConfirmation(callerOf(account)))
    const code = await newestCode(account.email)
    expect(await confirmPrimaryEmail(callerOf(account), wrongCode(code))).toMatchObject(
      refuse('code_wrong'),
    )
    expect(await confirmPrimaryEmail(callerOf(account), code)).toEqual(done())
    expect(await primaries()).toMatchObject([
      { kind: 'email', confirmedAt: NOW },
      { kind: 'phone' },
    ])
    expect(await findEmailToConfirm(account.userId, NOW)).toBeNull()
  })

  it('is shown masked, with the code that it waits for', async () => {
    const account = await makeAccount()
    const mask = expect.stringMatching(/^.{1,2}•+.?@example\.com$/)
    const shown = () => findEmailToConfirm(account.userId, NOW)
    expect(await shown()).toEqual({ mask, view: null })
    await expectDone(requestEmailConfirmation(callerOf(account)))
    expect(await shown()).toMatchObject({ mask, view: { isPassed: false, sentTo: [mask] } })
  })

  it('gets no code while the account is frozen', async () => {
    const account = await makeAccount()
    await freezeOwnAccount(account.userId, newOrigin(), NOW)
    expect(await requestEmailConfirmation(callerOf(account))).toEqual(refuse('nothing_to_confirm'))
    expect(await codesTo(account.email)).toEqual([])
  })

  it('R39 and every other address are notified of its confirmation', async () => {
    const account = await makeRecoverable()
    await expectDone(requestEmailConfirmation(callerOf(account)))
    await expectDone(confirmPrimaryEmail(callerOf(account), await newestCode(account.email)))
    for (const to of [account.email, account.phone, account.recovery]) {
      const told = (await kindsTo(to)).filter((kind) => kind === 'notice.email_confirmed')
      expect(told).toHaveLength(1)
    }
    expect(
      await db().securityEvent.count({
        where: { userId: account.userId, type: 'email_confirmed' },
      }),
    ).toBe(1)
  })

  it('sends no code when it is confirmed, and is not confirmed with a code to its predecessor', async () => {
    const account = await makeAccount()
    await expectDone(requestEmailConfirmation(callerOf(account)))
    const code = await newestCode(account.email)
    await expectDone(change(account, { address: newEmail() }))
    expect(await confirmPrimaryEmail(callerOf(account), code)).toEqual(refuse('challenge_gone'))
    expect(await requestEmailConfirmation(callerOf(account))).toEqual(refuse('nothing_to_confirm'))
  })

  it('R25 receives at most five codes in ten minutes, whichever account requests them', async () => {
    const account = await makeAccount()
    await expectDone(requestEmailConfirmation(callerOf(account)))
    const resend = (minutes: number) =>
      resendCode({ userId: account.userId }, 'verify_email', newOrigin(), later(minutes * MINUTE))
    for (const minutes of [1, 2, 3, 4]) await expectDone(resend(minutes))
    expect(await resend(5)).toMatchObject({ refusal: 'send_throttled' })
    expect(await codesTo(account.email)).toHaveLength(5)
  })

  it('is not confirmed while the account is restricted', async () => {
    const account = await makeAccount()
    await expectDone(requestEmailConfirmation(callerOf(account)))
    await restrict(account)
    expect(await requestEmailConfirmation(callerOf(account))).toMatchObject({
      refusal: 'account_restricted',
    })
    expect(
      await confirmPrimaryEmail(callerOf(account), await newestCode(account.email)),
    ).toMatchObject({
      refusal: 'account_restricted',
    })
    expect(await findEmailToConfirm(account.userId, NOW)).not.toBeNull()
  })
})
