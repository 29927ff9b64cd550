import { beforeEach, describe, expect, it, vi } from 'vitest'
import { openSession } from '@/lib/accounts'
import { formatAddress } from '@/lib/addresses'
import { listShown, permitReveal } from '@/lib/contacts'
import { hashSecret } from '@/lib/platform/crypto'
import { db } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import { isTicketOf } from '@/lib/platform/session-ticket'
import {
  type Account,
  addRecovery,
  callerOf,
  expectDone,
  later,
  MINUTE,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newOrigin,
  newPhone,
  OTHER_PASSWORD,
  PASSWORD,
} from '../support/accounts'
import { kindsTo } from '../support/outbox'
import { restrict } from './change-actions'
import { eventsOf, stop } from './freeze-actions'
import {
  expectUnchanged,
  freezeOnly,
  RESTRICTED,
  replacePasswordOnly,
  restrictFrom,
} from './overtake-actions'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  return () => void vi.useRealTimers()
})

/** The caller of a session that was opened at `NOW`, at another time. */
async function sessionOf(account: Account, now = NOW) {
  const { userId } = account
  const given = { userId, passwordVersion: 1, device: null, origin: newOrigin(), now: NOW }
  const { sessionSecret } = await openSession(db(), given)
  return { ...callerOf(account, now), sessionId: hashSecret(sessionSecret) }
}

describe('the addresses of an account in full', () => {
  it('are shown to a session younger than ten minutes, which the activity says, and no notice', async () => {
    const account = await makeAccount()
    const notices = await kindsTo(account.email)
    const caller = await sessionOf(account, later(10 * MINUTE - 1))
    const { ticket } = await expectDone(permitReveal(caller))
    expect(isTicketOf('addresses', ticket, caller.sessionId, caller.now)).toBe(true)
    expect(isTicketOf('export', ticket, caller.sessionId, caller.now)).toBe(false)
    expect((await eventsOf(account)).at(-1)).toBe('addresses_shown')
    expect(await kindsTo(account.email)).toEqual(notices)
  })

  it('need the password in an older session', async () => {
    const account = await makeAccount()
    const caller = await sessionOf(account, later(10 * MINUTE))
    expect(await permitReveal(caller)).toEqual(refuse('password_missing'))
    expect(await permitReveal(caller, OTHER_PASSWORD)).toEqual(refuse('password_wrong'))
    expect(await eventsOf(account)).not.toContain('addresses_shown')
    await expectDone(permitReveal(caller, PASSWORD))
  })

  it('are not shown while the account is restricted or frozen', async () => {
    const [restricted, frozen] = [await makeAccount(), await makeAccount()]
    const callers = [await sessionOf(restricted), await sessionOf(frozen)] as const
    await restrict(restricted)
    await stop(frozen, NOW)
    expect(await permitReveal(callers[0])).toMatchObject({ refusal: 'account_restricted' })
    expect(await permitReveal(callers[1])).toEqual(refuse('challenge_gone'))
  })

  it.each([
    {
      what: 'the password is replaced',
      change: replacePasswordOnly,
      refused: refuse('challenge_gone'),
    },
    { what: 'the account is frozen', change: freezeOnly, refused: refuse('challenge_gone') },
    { what: 'the account is restricted', change: restrictFrom(NOW), refused: RESTRICTED },
  ])('are not shown when $what meanwhile', async ({ change, refused }) => {
    const account = await makeAccount()
    const caller = await sessionOf(account)
    await expectUnchanged(account, change, () => permitReveal(caller), refused)
  })

  it('are listed whole, the primary ones first, and an e-mail before a number', async () => {
    const account = await makeRecoverable(newPhone())
    const added = newEmail()
    await addRecovery(account, added, later(1))
    const shown = await listShown(account.userId)
    expect(shown.map(({ address }) => address)).toEqual(
      [account.email, account.phone, added, account.recovery].map(formatAddress),
    )
  })
})
