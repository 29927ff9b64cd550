import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type AnyAddress, blindIndexOf } from '@/lib/addresses'
import { resendCode } from '@/lib/challenges'
import { requestRecoveryAddress } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { consumeRecipientLimit } from '@/lib/platform/rate-limits'
import { done, refuse } from '@/lib/platform/result'
import {
  atOnce,
  callerOf,
  countOutcomes,
  expectDone,
  forgetLimits,
  later,
  MINUTE,
  makeAccount,
  NOW,
  newEmail,
  newOrigin,
  newPhone,
} from '../support/accounts'
import { codesTo, newestCode } from '../support/outbox'
import { answer, attemptsAt, fail, issue, issueDecoy, resend, view } from './challenge-actions'

/** A challenge after one resend, a minute later, with another code. */
async function resent() {
  const issued = await issue()
  expect(await resend(issued, later(MINUTE))).toEqual(done())
  return { ...issued, newCode: await newestCode(issued.recipient) }
}

/** As if strangers had caused as many codes as an address gets a day. */
async function useUp(recipient: AnyAddress) {
  const key = blindIndexOf(recipient)
  for (let nth = 0; nth < 10; nth++) expect(await consumeRecipientLimit(key)).toBe(true)
}

describe('a resend', () => {
  it('is refused for a minute, with the remaining seconds', async () => {
    const issued = await issue()
    expect(await resend(issued, NOW)).toEqual(refuse('resend_too_early', 60))
    expect(await resend(issued, later(59.5))).toEqual(refuse('resend_too_early', 1))
    expect(await resend(issued, later(60))).toEqual(done())
    expect(await resend(issued, later(61))).toEqual(refuse('resend_too_early', 59))
  })

  it('is timed by the server', async () => {
    const issued = await issue()
    expect(await view(issued, later(20))).toMatchObject({
      secondsToResend: 40,
      secondsToExpiry: 580,
    })
    await resend(issued, later(MINUTE))
    expect(await view(issued, later(MINUTE))).toMatchObject({
      secondsToResend: 60,
      secondsToExpiry: 600,
    })
  })

  it('R07 gives a new code and no new attempts', async () => {
    const issued = await issue()
    await fail(issued, 3)
    await resend(issued, later(MINUTE))
    const code = await newestCode(issued.recipient)
    expect(await fail({ ...issued, code }, 2, later(MINUTE))).toEqual([
      'code_wrong',
      'code_exhausted',
    ])
    expect(await answer(issued, code, later(MINUTE))).toEqual(refuse('code_exhausted'))
    expect(await resend(issued, later(2 * MINUTE))).toEqual(refuse('code_exhausted'))
  })

  it('goes to the recipients of the first code only', async () => {
    const recipients = [newEmail(), newPhone()]
    await resend(await issue({ recipients }), later(MINUTE))
    const codes = await Promise.all(recipients.map(codesTo))
    expect(codes.map((sent) => sent.length)).toEqual([2, 2])
    expect(codes[0]).toEqual(codes[1])
  })

  it('of a stranger sends nothing to a recipient that got ten that day, and does not say so', async () => {
    const issued = await issue()
    await useUp(issued.recipient)
    expect(await resend(issued, later(MINUTE))).toEqual(done())
    expect(await codesTo(issued.recipient)).toHaveLength(1)
  })

  it.each([
    ['a known device', 'device'],
    ['a link', 'link'],
  ] as const)('of %s sends all the same', async (_, kind) => {
    const scope = { kind, id: randomUUID() }
    const issued = await issue({ attempts: { path: 'primary_phone', scope } })
    await useUp(issued.recipient)
    expect(await resend(issued, later(MINUTE))).toEqual(done())
    expect(await codesTo(issued.recipient)).toHaveLength(2)
  })

  it('of a signed-in customer sends all the same', async () => {
    const { userId, ...account } = await makeAccount()
    await expectDone(requestRecoveryAddress(callerOf({ userId, ...account }), newEmail()))
    await useUp(account.phone)
    const [ref, purpose] = [{ userId }, 'authorise_recovery'] as const
    expect(await resendCode(ref, purpose, newOrigin(), later(MINUTE))).toEqual(done())
    expect(await codesTo(account.phone)).toHaveLength(2)
  })

  it('is sent once for concurrent requests', async () => {
    const issued = await issue()
    await forgetLimits()
    const outcomes = await atOnce(5, () => resend(issued, later(MINUTE)))
    expect(countOutcomes(outcomes)).toEqual({ done: 1, resend_too_early: 4 })
    expect(await codesTo(issued.recipient)).toHaveLength(2)
  })

  it('gives its code the lifetime that the message states, however late it is sent', async () => {
    const issued = await issue()
    expect(await resend(issued, later(29 * MINUTE))).toEqual(done())
    expect(await answer(issued, await newestCode(issued.recipient), later(38 * MINUTE))).toEqual(
      done(),
    )
  })

  it('is refused when the challenge is passed, closed or expired', async () => {
    const issued = await issue()
    await answer(issued, issued.code)
    expect(await resend(issued, later(MINUTE))).toEqual(refuse('challenge_gone'))
    const closed = await issue()
    await db().challenge.updateMany({
      where: { rateLimitKey: closed.rateLimitKey },
      data: { closedAt: NOW },
    })
    expect(await resend(closed, later(MINUTE))).toEqual(refuse('challenge_gone'))
    expect(await resend(await issue(), later(30 * MINUTE))).toEqual(refuse('challenge_gone'))
  })

  it('of a decoy sends nothing and has the same refusals', async () => {
    const decoy = await issueDecoy()
    expect(await resend(decoy, later(10))).toEqual(refuse('resend_too_early', 50))
    expect(await resend(decoy, later(MINUTE))).toEqual(done())
    expect(await resend(decoy, later(MINUTE))).toEqual(refuse('resend_too_early', 60))
  })
})

describe('a code that was replaced', () => {
  it('R10 is refused, and the newer one is accepted', async () => {
    const { code, newCode, ...issued } = await resent()
    expect((await answer(issued, code, later(MINUTE))).ok).toBe(false)
    expect(await answer(issued, newCode, later(MINUTE))).toEqual(done())
  })

  it('is reported as replaced once, and as wrong afterwards', async () => {
    const { code, ...issued } = await resent()
    expect(await answer(issued, code, later(MINUTE))).toEqual(refuse('code_superseded'))
    expect(await answer(issued, code, later(MINUTE))).toMatchObject(refuse('code_wrong'))
  })

  it('costs no attempt of the challenge or of the address, even as the fifth', async () => {
    const { code, newCode, ...issued } = await resent()
    await fail({ ...issued, code: newCode }, 4, later(MINUTE))
    expect(await answer(issued, code, later(MINUTE))).toEqual(refuse('code_superseded'))
    expect(await attemptsAt(issued.rateLimitKey)).toBe(4)
    expect(await answer(issued, newCode, later(MINUTE))).toEqual(done())
  })

  it('is not reported after the last attempt, because a decoy has none', async () => {
    const { code, newCode, ...issued } = await resent()
    await fail({ ...issued, code: newCode }, 5, later(MINUTE))
    expect(await answer(issued, code, later(MINUTE))).toEqual(refuse('code_exhausted'))
  })
})
