import { describe, expect, it } from 'vitest'
import { findSession, logIn } from '@/lib/accounts'
import { findSecureLink, verifyActivity } from '@/lib/activity'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { findRestriction, findUnfreeze, startUnfreeze, startUnfreezeByLink } from '@/lib/recovery'
import {
  atOnce,
  countOutcomes,
  expectDone,
  later,
  MINUTE,
  makeAccount,
  newOrigin,
  OTHER_PASSWORD,
  PASSWORD,
  signIn,
} from '../support/accounts'
import { kindsTo } from '../support/outbox'
import {
  begin,
  choose,
  complete,
  freeze,
  frozenGuarded,
  makeGuarded,
  newestLink,
  SEEN,
  stop,
  userOf,
  verifiedUnfreeze,
  verifyAddress,
} from './freeze-actions'

describe('an unfreeze', () => {
  it('requires two addresses, one after the other, and names only their slots', async () => {
    const account = await frozenGuarded()
    const secret = await begin(account)
    expect(await findUnfreeze(secret, SEEN)).toEqual({
      step: 'first',
      choices: ['primary_phone', 'recovery_phone', 'recovery_email'],
    })
    await verifyAddress(secret, 'unfreeze_first', 'recovery_email', account.recoveryEmail)
    expect(await findUnfreeze(secret, SEEN)).toEqual({
      step: 'second',
      choices: ['primary_phone', 'recovery_phone'],
    })
    await verifyAddress(secret, 'unfreeze_second', 'primary_phone', account.phone)
    expect(await findUnfreeze(secret, SEEN)).toMatchObject({ step: 'review' })
    expect((await userOf(account)).frozenAt).toEqual(SEEN)
  })

  it('sets a new password, ends every session and link, and restricts the account for 24 hours', async () => {
    const account = await frozenGuarded()
    const session = await signIn(account.userId, SEEN)
    const token = await newestLink(account.email)
    expect(await complete(await verifiedUnfreeze(account))).toEqual(done())
    const tryLogIn = (password: string) =>
      logIn({ identifier: account.phone.value, password, origin: newOrigin(), now: SEEN })
    expect(await tryLogIn(PASSWORD)).toEqual(refuse('login_wrong'))
    expect(await tryLogIn(OTHER_PASSWORD)).toMatchObject({
      ok: true,
      value: { session: expect.anything() },
    })
    expect(await findSession(session.sessionSecret, SEEN)).toBeNull()
    expect(await findSecureLink(token, SEEN)).toMatchObject({ state: 'closed', isFrozen: false })
    expect(await freeze(token)).toEqual(refuse('link_closed'))
    expect(await findRestriction(account.userId, SEEN)).toMatchObject({
      until: later(24 * 60 * MINUTE, SEEN),
    })
    for (const address of [
      account.email,
      account.phone,
      account.recoveryEmail,
      account.recoveryPhone,
    ])
      expect((await kindsTo(address)).slice(0, 2)).toContain('notice.unfrozen')
    expect((await verifyActivity(new Date())).faults).toEqual([])
  })

  it('begins with the link that froze, not with one from before the last unfreeze', async () => {
    const account = await makeGuarded()
    const [used, old] = [await newestLink(account.email), await newestLink(account.phone)]
    await expectDone(freeze(used, later(MINUTE)))
    expect(await startUnfreezeByLink(used, later(MINUTE))).toMatchObject({ ok: true })
    expect(await startUnfreezeByLink(used, later(7 * 24 * 60 * MINUTE))).toEqual(
      refuse('link_expired'),
    )
    expect(
      await complete(
        await verifiedUnfreeze(account, later(MINUTE)),
        {},
        OTHER_PASSWORD,
        later(MINUTE),
      ),
    ).toEqual(done())
    await stop(account, later(2 * MINUTE))
    expect(await startUnfreezeByLink(old, later(2 * MINUTE))).toEqual(refuse('link_closed'))
    expect(await startUnfreezeByLink('forged', later(2 * MINUTE))).toEqual(refuse('link_unknown'))
  })

  it('does not begin for an open account', async () => {
    const account = await makeAccount()
    expect(await startUnfreeze(account.userId, SEEN)).toEqual(refuse('not_frozen'))
    expect(await startUnfreezeByLink(await newestLink(account.email), later(MINUTE))).toEqual(
      refuse('not_frozen'),
    )
  })

  it('begins twenty times in an hour by one link, and then still by another and by the password', async () => {
    const account = await makeAccount()
    const [link, other] = [await newestLink(account.email), await newestLink(account.phone)]
    await stop(account, later(MINUTE))
    const byLink = (token: string) => startUnfreezeByLink(token, later(MINUTE))
    const outcomes = await atOnce(21, () => byLink(link))
    expect(countOutcomes(outcomes)).toEqual({ done: 20, unfreeze_throttled: 1 })
    expect(await byLink(link)).toMatchObject({ refusal: 'unfreeze_throttled' })
    expect(await byLink(other)).toMatchObject({ ok: true })
    expect(await startUnfreeze(account.userId, later(MINUTE))).toMatchObject({ ok: true })
  })

  it('shows a reference for customer care when fewer than two addresses are undisputed', async () => {
    const account = await makeAccount()
    await stop(account, later(MINUTE))
    const secret = await begin(account, later(MINUTE))
    const event = await db().securityEvent.findFirstOrThrow({
      where: { userId: account.userId, type: 'frozen' },
    })
    expect(await findUnfreeze(secret, later(MINUTE))).toEqual({
      step: 'stuck',
      reference: event.reference,
    })
    expect(await choose(secret, 'primary_phone', later(MINUTE))).toEqual(
      refuse('unfreeze_address_gone'),
    )
  })

  it('is not spent by a weak password', async () => {
    const account = await frozenGuarded()
    const secret = await verifiedUnfreeze(account)
    expect(await complete(secret, {}, 'password123')).toEqual(refuse('password_common'))
    expect(await complete(secret)).toEqual(done())
  })
})
