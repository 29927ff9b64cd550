import { describe, expect, it } from 'vitest'
import { findSession, logIn, openSession } from '@/lib/accounts'
import { findSecureLink, verifyActivity } from '@/lib/activity'
import { resendCode } from '@/lib/challenges'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import {
  findRestriction,
  findUnfreeze,
  findUnfreezeCode,
  startUnfreeze,
  startUnfreezeByLink,
} from '@/lib/recovery'
import {
  atOnce,
  expectDone,
  later,
  MINUTE,
  makeAccount,
  newOrigin,
  OTHER_PASSWORD,
  PASSWORD,
  tally,
} from '../support/accounts'
import { breakInserts } from '../support/gate'
import { kindsTo, newestCode, wrongCode } from '../support/outbox'
import {
  begin,
  choose,
  complete,
  eventsOf,
  freeze,
  makeGuarded,
  newestLink,
  pass,
  prove,
  provenUnfreeze,
  SEEN,
  stop,
  userOf,
} from './freeze-actions'
import { stateOf } from './reset-actions'

async function frozenGuarded() {
  const account = await makeGuarded()
  await stop(account)
  return account
}

describe('an unfreeze', () => {
  it('asks two addresses, one after the other, and names them by their slots alone', async () => {
    const account = await frozenGuarded()
    const secret = await begin(account)
    expect(await findUnfreeze(secret, SEEN)).toEqual({
      step: 'first',
      choices: ['primary_phone', 'recovery_phone', 'recovery_email'],
    })
    await prove(secret, 'unfreeze_first', 'recovery_email', account.recoveryEmail)
    expect(await findUnfreeze(secret, SEEN)).toEqual({
      step: 'second',
      choices: ['primary_phone', 'recovery_phone'],
    })
    await prove(secret, 'unfreeze_second', 'primary_phone', account.phone)
    expect(await findUnfreeze(secret, SEEN)).toMatchObject({ step: 'review' })
    expect((await userOf(account)).frozenAt).toEqual(SEEN)
  })

  it('opens the account with a new password: no old session, nothing that rested on the old one, 24 hours restricted', async () => {
    const account = await frozenGuarded()
    const session = await openSession(db(), account.userId, 1, newOrigin(), SEEN)
    const token = await newestLink(account.email)
    expect(await complete(await provenUnfreeze(account))).toEqual(done())
    const enter = (password: string) =>
      logIn({ identifier: account.phone.value, password, origin: newOrigin(), now: SEEN })
    expect(await enter(PASSWORD)).toEqual(refuse('login_wrong'))
    expect(await enter(OTHER_PASSWORD)).toMatchObject({
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
    expect((await verifyActivity()).faults).toEqual([])
  })

  it('begins with the link that froze, not with one from before the account was opened last', async () => {
    const account = await makeGuarded()
    const [used, old] = [await newestLink(account.email), await newestLink(account.phone)]
    await expectDone(freeze(used, later(MINUTE)))
    expect(await startUnfreezeByLink(used, later(MINUTE))).toMatchObject({ ok: true })
    expect(await startUnfreezeByLink(used, later(7 * 24 * 60 * MINUTE))).toEqual(
      refuse('link_expired'),
    )
    expect(
      await complete(
        await provenUnfreeze(account, later(MINUTE)),
        {},
        OTHER_PASSWORD,
        later(MINUTE),
      ),
    ).toEqual(done())
    await stop(account, later(2 * MINUTE))
    expect(await startUnfreezeByLink(old, later(2 * MINUTE))).toEqual(refuse('link_closed'))
    expect(await startUnfreezeByLink('forged', later(2 * MINUTE))).toEqual(refuse('link_unknown'))
  })

  it('is not begun for an account that is open', async () => {
    const account = await makeAccount()
    expect(await startUnfreeze(account.userId, SEEN)).toEqual(refuse('not_frozen'))
    expect(await startUnfreezeByLink(await newestLink(account.email), later(MINUTE))).toEqual(
      refuse('not_frozen'),
    )
  })

  it('cannot be proven by one address twice, nor out of order', async () => {
    const account = await frozenGuarded()
    const secret = await begin(account)
    await prove(secret, 'unfreeze_first', 'recovery_email', account.recoveryEmail)
    expect(await choose(secret, 'recovery_email')).toEqual(refuse('unfreeze_address_gone'))
    expect(await choose(secret, 'primary_email')).toEqual(refuse('unfreeze_address_gone'))
    expect(await complete(secret)).toEqual(refuse('unfreeze_gone'))
    expect(await pass(secret, 'unfreeze_second', '000000')).toEqual(refuse('challenge_gone'))
  })

  it('lets another address be chosen, and the code of the first one is dead', async () => {
    const account = await frozenGuarded()
    const secret = await begin(account)
    await expectDone(choose(secret, 'recovery_email'))
    const code = await newestCode(account.recoveryEmail)
    await expectDone(choose(secret, 'primary_phone'))
    expect(await pass(secret, 'unfreeze_first', code)).toEqual(refuse('code_wrong'))
    await expectDone(pass(secret, 'unfreeze_first', await newestCode(account.phone)))
  })

  it('sends its code again, takes five attempts, and ends after 45 minutes', async () => {
    const account = await frozenGuarded()
    const secret = await begin(account)
    await expectDone(choose(secret, 'primary_phone'))
    const resent = later(MINUTE, SEEN)
    expect(await resendCode({ secret }, 'unfreeze_first', newOrigin(), resent)).toEqual(done())
    const code = await newestCode(account.phone)
    for (let nth = 1; nth < 5; nth++)
      expect(await pass(secret, 'unfreeze_first', wrongCode(code, nth), resent)).toEqual(
        refuse('code_wrong'),
      )
    expect(await pass(secret, 'unfreeze_first', wrongCode(code, 5), resent)).toEqual(
      refuse('code_exhausted'),
    )
    expect(await findUnfreezeCode(secret, resent)).toEqual({
      purpose: 'unfreeze_first',
      slot: 'primary_phone',
    })
    expect(await findUnfreeze(secret, later(45 * MINUTE, SEEN))).toBeNull()
    expect(await choose(secret, 'primary_phone', later(45 * MINUTE, SEEN))).toEqual(
      refuse('unfreeze_gone'),
    )
  })

  it('sends an account no more codes than the limit, whichever browsers ask', async () => {
    const account = await frozenGuarded()
    const secrets = [await begin(account), await begin(account)]
    const outcomes = await atOnce(12, (nth) => choose(secrets[nth % 2] ?? '', 'primary_phone'))
    expect(tally(outcomes)).toEqual({ done: 5, send_throttled: 7 })
  })

  it('is not begun, and says by which reference customer care finds it, with fewer than two undisputed addresses', async () => {
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
    const secret = await provenUnfreeze(account)
    expect(await complete(secret, {}, 'password123')).toEqual(refuse('password_common'))
    expect(await complete(secret)).toEqual(done())
  })

  it('leaves nothing when the database dies in its midst, and succeeds when tried again', async () => {
    const account = await frozenGuarded()
    const secret = await provenUnfreeze(account)
    const before = await stateOf(account)
    const mend = await breakInserts('Message')
    await expect(complete(secret)).rejects.toThrow('inserts into Message fail')
    await mend()
    expect(await stateOf(account)).toEqual(before)
    expect(await complete(secret)).toEqual(done())
  })
})

describe('at once', () => {
  it('twenty completions open the account once', async () => {
    const account = await frozenGuarded()
    const secret = await provenUnfreeze(account)
    const outcomes = await atOnce(20, (nth) =>
      complete(secret, {}, `kereta malam nomor ${nth} ke Solo`),
    )
    expect(tally(outcomes)).toEqual({ done: 1, unfreeze_gone: 19 })
    expect((await userOf(account)).passwordVersion).toBe(2)
    expect((await eventsOf(account)).filter((type) => type === 'unfrozen')).toHaveLength(1)
  })

  it('a freeze by an older link and the end of an unfreeze leave the account open, and the link closed', async () => {
    const account = await frozenGuarded()
    const token = await newestLink(account.phone)
    const secret = await provenUnfreeze(account)
    const [unfrozen, frozen] = await Promise.all([complete(secret), freeze(token)])
    expect(unfrozen).toEqual(done())
    expect((await userOf(account)).frozenAt).toBeNull()
    expect(['done', 'link_closed']).toContain(frozen.ok ? 'done' : frozen.refusal)
    expect((await verifyActivity()).faults).toEqual([])
  })
})
