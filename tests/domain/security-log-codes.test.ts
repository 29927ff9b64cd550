import { describe, expect, it } from 'vitest'
import { passChallenge } from '@/lib/challenges'
import { requestRemoval } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import {
  callerOf,
  expectDone,
  later,
  MINUTE,
  makeAccount,
  makeRecoverable,
  NOW,
  newOrigin,
} from '../support/accounts'
import { factsOf, logOf, securityLines } from '../support/log-lines'
import { newestCode, wrongCode } from '../support/outbox'
import { answer, fail, type Issued, issue, issueDecoy, resend } from './challenge-actions'

/** What the security lines of `work` say. */
const linesOf = async (work: () => unknown) => securityLines(await logOf(work)).map(factsOf)

async function usedUp(account: string, path: string, scope: string) {
  await db().failureCount.create({
    data: { account, path, scope, failures: 100, updatedAt: NOW },
  })
}

async function begun() {
  const { userId } = await makeAccount()
  const facts = { userId, purpose: 'reset_password' }
  return { userId, facts, issued: await issue({ userId }) }
}

describe('R61 the line of an answer', () => {
  it('that is right, and of another one after it', async () => {
    const { facts, issued } = await begun()
    const enter = () => answer(issued, issued.code)
    expect(await linesOf(enter)).toEqual([{ event: 'authn_login_success', ...facts }])
    expect(await linesOf(enter)).toEqual([
      { event: 'sequence_fail', ...facts, reason: 'challenge_gone' },
    ])
  })

  it('that is wrong, and of the fifth one', async () => {
    const { facts, issued } = await begun()
    const wrong = { event: 'authn_login_fail', ...facts, reason: 'code_wrong' }
    const last = { event: 'authn_login_fail_max', ...facts, reason: 'code_exhausted' }
    expect(await linesOf(() => fail(issued, 5))).toEqual([wrong, wrong, wrong, wrong, last])
  })

  it('that came late, or after a newer code', async () => {
    const { facts, issued } = await begun()
    await resend(issued, later(MINUTE))
    const enter = (now: Date) => linesOf(() => answer(issued, issued.code, now))
    expect(await enter(later(2 * MINUTE))).toEqual([
      { event: 'authn_login_fail', ...facts, reason: 'code_superseded' },
    ])
    expect(await enter(later(11 * MINUTE))).toEqual([
      { event: 'authn_login_fail', ...facts, reason: 'code_expired' },
    ])
  })

  it('to a challenge that never was', async () => {
    expect(await linesOf(() => answer({ secret: 'made up' }, '000000'))).toEqual([
      { event: 'sequence_fail', userId: null, purpose: 'reset_password', reason: 'challenge_gone' },
    ])
  })

  it('of a stranger without attempts at the account, also to a decoy, and never of a registration', async () => {
    const { userId, facts, issued } = await begun()
    const decoy = await issueDecoy()
    await usedUp(userId, 'primary_phone', 'unknown')
    await usedUp(decoy.rateLimitKey, 'primary_phone', 'unknown')
    const both = (whose: object) => [
      { event: 'authn_login_fail_max', ...whose, reason: 'attempts_used_up' },
      { event: 'authn_login_fail', ...whose, reason: 'code_wrong' },
    ]
    expect(await linesOf(() => answer(issued, issued.code))).toEqual(both(facts))
    const ofDecoy = { ...facts, userId: null }
    expect(await linesOf(() => answer(decoy, '000000'))).toEqual(both(ofDecoy))
    const registration = await issue({ purpose: 'register' })
    const enter = () => answer(registration, wrongCode(registration.code), NOW, 'register')
    expect(await linesOf(enter)).toEqual([
      { event: 'authn_login_fail', userId: null, purpose: 'register', reason: 'code_wrong' },
    ])
  })

  it('of a customer without attempts', async () => {
    const account = await makeRecoverable()
    const { userId } = account
    await expectDone(requestRemoval(callerOf(account), 'email'))
    await usedUp(userId, 'remove_recovery', 'session')
    const code = await newestCode(account.phone)
    const given = { ref: { userId }, code, origin: newOrigin(), now: NOW }
    const facts = { userId, purpose: 'remove_recovery' } as const
    const enter = () => passChallenge({ ...given, purpose: facts.purpose }, async () => undefined)
    expect(await linesOf(enter)).toEqual([
      { event: 'authn_login_fail_max', ...facts, reason: 'attempts_used_up' },
      { event: 'authn_login_fail_max', ...facts, reason: 'code_blocked' },
    ])
  })
})

describe('R61 the line of a code', () => {
  const made = (userId: string | null, reason: string) => [
    { event: 'authn_token_created', userId, purpose: 'reset_password', subject: 'code', reason },
  ]

  it('says whether it was sent, the first time and again', async () => {
    const { userId } = await makeAccount()
    let [issued, decoy]: Issued[] = []
    expect(
      await linesOf(async () => {
        issued = await issue({ userId })
      }),
    ).toEqual(made(userId, 'sent'))
    expect(
      await linesOf(async () => {
        decoy = await issueDecoy()
      }),
    ).toEqual(made(null, 'decoy'))
    const again = (whose: Issued = { secret: '' }) => linesOf(() => resend(whose, later(MINUTE)))
    expect(await again(issued)).toEqual(made(userId, 'sent'))
    expect(await again(decoy)).toEqual(made(null, 'decoy'))
  })

  it('that is not sent again says why', async () => {
    const { facts, issued } = await begun()
    const refused = (reason: string) => [
      { event: 'excess_rate_limit_exceeded', ...facts, limit: 'resend', reason },
    ]
    expect(await linesOf(() => resend(issued, later(59)))).toEqual(refused('resend_too_early'))
    await fail(issued, 5)
    expect(await linesOf(() => resend(issued, later(MINUTE)))).toEqual(refused('code_exhausted'))
  })
})
