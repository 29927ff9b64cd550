import { describe, expect, it } from 'vitest'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import {
  atOnce,
  forgetLimits,
  later,
  MINUTE,
  NOW,
  newEmail,
  newPhone,
  tally,
} from '../support/accounts'
import { codesTo, newestCode, wrongCode } from '../support/outbox'
import { answer, ask, askNobody, attemptsAt, fail, resend, view } from './challenge-actions'

/** A challenge after one resend, a minute later, with another code. */
async function resent() {
  const asked = await ask()
  expect(await resend(asked, later(MINUTE))).toEqual(done())
  return { ...asked, newCode: await newestCode(asked.recipient) }
}

describe('a resend', () => {
  it('is refused for a minute, with the remaining seconds', async () => {
    const asked = await ask()
    expect(await resend(asked, NOW)).toEqual(refuse('resend_too_early', 60))
    expect(await resend(asked, later(59.5))).toEqual(refuse('resend_too_early', 1))
    expect(await resend(asked, later(60))).toEqual(done())
    expect(await resend(asked, later(61))).toEqual(refuse('resend_too_early', 59))
  })

  it('is timed by the server', async () => {
    const asked = await ask()
    expect(await view(asked, later(20))).toMatchObject({
      secondsToResend: 40,
      secondsToExpiry: 580,
    })
    await resend(asked, later(MINUTE))
    expect(await view(asked, later(MINUTE))).toMatchObject({
      secondsToResend: 60,
      secondsToExpiry: 600,
    })
  })

  it('R07 gives a new code and no new attempts', async () => {
    const asked = await ask()
    await fail(asked, 3)
    await resend(asked, later(MINUTE))
    const code = await newestCode(asked.recipient)
    expect(await fail({ ...asked, code }, 2, later(MINUTE))).toEqual([
      'code_wrong',
      'code_exhausted',
    ])
    expect(await answer(asked, code, later(MINUTE))).toEqual(refuse('code_exhausted'))
    expect(await resend(asked, later(2 * MINUTE))).toEqual(refuse('code_exhausted'))
  })

  it('goes to the recipients of the first code only', async () => {
    const recipients = [newEmail(), newPhone()]
    await resend(await ask({ recipients }), later(MINUTE))
    const codes = await Promise.all(recipients.map(codesTo))
    expect(codes.map((sent) => sent.length)).toEqual([2, 2])
    expect(codes[0]).toEqual(codes[1])
  })

  it('is sent once for concurrent requests', async () => {
    const asked = await ask()
    await forgetLimits()
    const outcomes = await atOnce(5, () => resend(asked, later(MINUTE)))
    expect(tally(outcomes)).toEqual({ done: 1, resend_too_early: 4 })
    expect(await codesTo(asked.recipient)).toHaveLength(2)
  })

  it('gives its code the lifetime that the message states, however late it is sent', async () => {
    const asked = await ask()
    expect(await resend(asked, later(29 * MINUTE))).toEqual(done())
    expect(await answer(asked, await newestCode(asked.recipient), later(38 * MINUTE))).toEqual(
      done(),
    )
  })

  it('is refused when the challenge is passed, closed or expired', async () => {
    const asked = await ask()
    await answer(asked, asked.code)
    expect(await resend(asked, later(MINUTE))).toEqual(refuse('challenge_gone'))
    const closed = await ask()
    await db().challenge.updateMany({
      where: { rateLimitKey: closed.rateLimitKey },
      data: { closedAt: NOW },
    })
    expect(await resend(closed, later(MINUTE))).toEqual(refuse('challenge_gone'))
    expect(await resend(await ask(), later(30 * MINUTE))).toEqual(refuse('challenge_gone'))
  })

  it('of a decoy sends nothing and has the same refusals', async () => {
    const decoy = await askNobody()
    expect(await resend(decoy, later(10))).toEqual(refuse('resend_too_early', 50))
    expect(await resend(decoy, later(MINUTE))).toEqual(done())
    expect(await resend(decoy, later(MINUTE))).toEqual(refuse('resend_too_early', 60))
  })
})

describe('a code that was replaced', () => {
  it('R10 is refused, and the newer one is accepted', async () => {
    const { code, newCode, ...asked } = await resent()
    expect((await answer(asked, code, later(MINUTE))).ok).toBe(false)
    expect(await answer(asked, newCode, later(MINUTE))).toEqual(done())
  })

  it('is reported as replaced once, and as wrong afterwards', async () => {
    const { code, ...asked } = await resent()
    expect(await answer(asked, code, later(MINUTE))).toEqual(refuse('code_superseded'))
    expect(await answer(asked, code, later(MINUTE))).toEqual(refuse('code_wrong'))
  })

  it('costs no attempt of the challenge or of the address, even as the fifth', async () => {
    const { code, newCode, ...asked } = await resent()
    await fail({ ...asked, code: newCode }, 4, later(MINUTE))
    expect(await answer(asked, code, later(MINUTE))).toEqual(refuse('code_superseded'))
    expect(await attemptsAt(asked.rateLimitKey)).toBe(4)
    expect(await answer(asked, newCode, later(MINUTE))).toEqual(done())
  })

  it('is not reported after the last attempt, because a decoy has none', async () => {
    const { code, newCode, ...asked } = await resent()
    await fail({ ...asked, code: newCode }, 5, later(MINUTE))
    expect(await answer(asked, code, later(MINUTE))).toEqual(refuse('code_exhausted'))
  })

  it('is not reported while the address is delayed', async () => {
    const asked = await ask()
    await fail(asked, 5)
    const again = await ask({ rateLimitKey: asked.rateLimitKey, recipients: [asked.recipient] })
    const code = await newestCode(asked.recipient)
    expect(await answer(again, wrongCode(code))).toEqual(refuse('code_blocked', 30))
    await resend(again, later(MINUTE))
    await fail(
      {
        ...(await ask({ rateLimitKey: asked.rateLimitKey, recipients: [asked.recipient] })),
        code: '',
      },
      5,
      later(MINUTE),
    )
    expect(await answer(again, code, later(MINUTE))).toEqual(refuse('code_blocked', 60))
  })
})
