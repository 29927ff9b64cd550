import { describe, expect, it } from 'vitest'
import { findSession, logIn } from '@/lib/accounts'
import { closeSecureLinks, findSecureLink, verifyActivity } from '@/lib/activity'
import { removeAddress } from '@/lib/addresses'
import { findChallenge } from '@/lib/challenges'
import { requestRecoveryAddress } from '@/lib/contacts'
import { db, transaction } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { canSpend } from '@/lib/points'
import {
  callerOf,
  DAY,
  expectDone,
  later,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newOrigin,
  newPhone,
  saveRecovery,
  signIn,
} from '../support/accounts'
import { codesTo, kindsTo } from '../support/outbox'
import { statementsOf } from '../support/statements'
import {
  eventsOf,
  freeze,
  makeGuarded,
  newestLink,
  replaceSlot,
  stop,
  THEFT,
  tryLogIn,
  userOf,
} from './freeze-actions'
import { start, stateOf } from './reset-actions'

describe('the link of a notice', () => {
  it('changes nothing when it is opened, however often', async () => {
    const account = await makeAccount()
    const [token, before] = [await newestLink(account.email), await stateOf(account)]
    for (let look = 0; look < 3; look++)
      expect(await findSecureLink(token, NOW)).toMatchObject({
        type: 'registered',
        state: 'open',
        isFrozen: false,
      })
    expect(await stateOf(account)).toEqual(before)
  })

  it('freezes the account, ends every session and challenge, and notifies every address once', async () => {
    const account = await makeRecoverable()
    const session = await signIn(account.userId)
    await expectDone(requestRecoveryAddress(callerOf(account), newPhone()))
    const token = await newestLink(account.recovery)
    expect(await freeze(token, NOW)).toEqual(done())
    expect(await freeze(token, NOW)).toEqual(done())
    expect(await freeze(await newestLink(account.email), NOW)).toEqual(done())
    expect((await userOf(account)).frozenAt).toEqual(NOW)
    expect(await findSession(session.sessionSecret, NOW)).toBeNull()
    expect(await findChallenge({ userId: account.userId }, 'authorise_recovery', NOW)).toBeNull()
    for (const address of [account.email, account.phone, account.recovery])
      expect((await kindsTo(address)).filter((kind) => kind === 'notice.frozen')).toHaveLength(1)
    expect((await eventsOf(account)).filter((type) => type === 'frozen')).toHaveLength(1)
    expect((await verifyActivity(new Date())).faults).toEqual([])
  })

  it('freezes nothing when it is forged, expired or closed, with a refusal for each', async () => {
    const account = await makeAccount()
    const [token, other] = [await newestLink(account.email), await newestLink(account.phone)]
    expect(await freeze('forged', NOW)).toEqual(refuse('link_unknown'))
    expect(await freeze(token, later(7 * DAY))).toEqual(refuse('link_expired'))
    await transaction((tx) => closeSecureLinks(tx, account.userId, NOW))
    expect(await freeze(other, NOW)).toEqual(refuse('link_closed'))
    expect((await userOf(account)).frozenAt).toBeNull()
  })

  it('notifies an address that was removed in the last seven days, and no older one', async () => {
    const [account, waiting] = [await makeGuarded(), newEmail()]
    const { userId, recoveryEmail, recoveryPhone } = account
    await replaceSlot(account, 'recovery_phone', null, later(DAY))
    await replaceSlot(account, 'recovery_email', null)
    await saveRecovery(account, waiting, THEFT)
    const row = await db().address.findFirstOrThrow({
      where: { userId, confirmedAt: null, role: 'recovery' },
    })
    await removeAddress(db(), row.id, THEFT)
    await stop(account)
    expect((await kindsTo(recoveryEmail))[0]).toBe('notice.frozen')
    expect(await kindsTo(recoveryPhone)).not.toContain('notice.frozen')
    expect(await kindsTo(waiting)).not.toContain('notice.frozen')
  })
})

describe('a frozen account', () => {
  it('opens no session with the right password, and refuses a wrong one as always', async () => {
    const account = await makeAccount()
    await stop(account, NOW)
    expect(await tryLogIn(account.email.value)).toEqual(done({ frozenUserId: account.userId }))
    const wrong = logIn({
      identifier: account.email.value,
      password: 'salah sama sekali',
      origin: newOrigin(),
      now: NOW,
    })
    expect(await wrong).toEqual(refuse('login_wrong'))
  })

  it('gets a decoy for a reset', async () => {
    const account = await makeAccount()
    await stop(account, NOW)
    const sent = await codesTo(account.phone)
    const statements = await statementsOf(() => expectDone(start(account.email, 'primary_phone')))
    expect(await statementsOf(() => expectDone(start(newEmail(), 'primary_phone')))).toEqual(
      statements,
    )
    expect(await codesTo(account.phone)).toEqual(sent)
  })

  it('cannot spend points', async () => {
    const account = await makeAccount()
    expect(await canSpend(account.userId, NOW)).toEqual(done())
    await stop(account, NOW)
    expect(await canSpend(account.userId, NOW)).toEqual(refuse('account_frozen'))
  })
})
