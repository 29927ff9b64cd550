import { describe, expect, it } from 'vitest'
import { closeChallenges, redeemChallenge } from '@/lib/challenges'
import { db, transaction } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import {
  atOnce,
  countOutcomes,
  later,
  MINUTE,
  makeAccount,
  NOW,
  newOrigin,
} from '../support/accounts'
import { newestCode, wrongCode } from '../support/outbox'
import { answer, attemptsAt, fail, issue, issueDecoy, resend } from './challenge-actions'

type Issued = Awaited<ReturnType<typeof issue>> & { userId: string | null }

async function begin(): Promise<Issued> {
  const { userId } = await makeAccount()
  return { ...(await issue({ userId })), userId }
}

/** The attempts counted at the challenge and at the account. */
async function countsOf({ rateLimitKey, userId }: Omit<Issued, 'secret'>) {
  const owner = { account: userId ?? rateLimitKey, path: 'primary_phone', scope: 'unknown' }
  const counter = await db().failureCount.findUnique({ where: { account_path_scope: owner } })
  return [await attemptsAt(rateLimitKey), counter?.failures]
}

const NONE = undefined

const redeem = (issued: Issued, permit: () => Promise<ReturnType<typeof refuse>>) =>
  redeemChallenge(
    {
      ref: { secret: issued.secret },
      purpose: 'reset_password',
      code: issued.code,
      origin: newOrigin(),
      now: NOW,
    },
    permit,
  )

/** A challenge whose first code a resend replaced. */
async function resent() {
  const issued = await begin()
  expect(await resend(issued, later(MINUTE))).toEqual(done())
  return { ...issued, newCode: await newestCode(issued.recipient) }
}

describe('the attempts counted at a challenge and its account', () => {
  it.each([0, 1, 4])(
    'are %i after as many wrong codes, and a right code clears those of the account',
    async (wrong) => {
      const issued = await begin()
      await fail(issued, wrong)
      expect(await countsOf(issued)).toEqual(wrong === 0 ? [0, NONE] : [wrong, wrong])
      expect(await answer(issued, issued.code)).toEqual(done())
      expect(await countsOf(issued)).toEqual([wrong + 1, NONE])
      expect(await answer(issued, issued.code)).toEqual(refuse('challenge_gone'))
      expect(await countsOf(issued)).toEqual([wrong + 1, NONE])
    },
  )

  it('stop at five, whatever is answered afterwards', async () => {
    const issued = await begin()
    await fail(issued, 7)
    expect(await answer(issued, issued.code, later(MINUTE))).toEqual(refuse('code_exhausted'))
    expect(await countsOf(issued)).toEqual([5, 5])
  })

  it('are cleared by a right code whose permit is refused, and the challenge is spent', async () => {
    const issued = await begin()
    await fail(issued, 2)
    expect(await redeem(issued, async () => refuse('no'))).toEqual(refuse('no'))
    expect(await countsOf(issued)).toEqual([3, NONE])
    expect(await answer(issued, issued.code)).toEqual(refuse('challenge_gone'))
  })

  it('stay when the permit of a right code fails', async () => {
    const issued = await begin()
    const failing = redeem(issued, () => Promise.reject(new Error('it failed')))
    await expect(failing).rejects.toThrow('it failed')
    expect(await countsOf(issued)).toEqual([1, 1])
  })

  it('stay when the account is frozen', async () => {
    const issued = await begin()
    const { userId: id } = issued
    await db().user.updateMany({ where: { id: id ?? '' }, data: { frozenAt: NOW } })
    expect(await answer(issued, issued.code)).toEqual(refuse('challenge_gone'))
    expect(await countsOf(issued)).toEqual([1, 1])
  })

  it('are none when the challenge is closed, or its code has expired', async () => {
    const [closed, expired] = [await begin(), await begin()]
    await transaction((tx) => closeChallenges(tx, { userId: closed.userId ?? '' }, NOW))
    expect(await answer(closed, closed.code)).toEqual(refuse('challenge_gone'))
    expect(await answer(expired, expired.code, later(10 * MINUTE))).toEqual(refuse('code_expired'))
    expect(await countsOf(closed)).toEqual([0, NONE])
    expect(await countsOf(expired)).toEqual([0, NONE])
  })

  it('of a decoy are those of a challenge, its address as its account', async () => {
    const decoy = { ...(await issueDecoy()), userId: null }
    await fail(decoy, 6)
    expect(await countsOf(decoy)).toEqual([5, 5])
  })

  it('are not given back by a resend', async () => {
    const issued = await begin()
    await fail(issued, 3)
    await resend(issued, later(MINUTE))
    expect(await countsOf(issued)).toEqual([3, 3])
  })
})

describe('a code that was replaced', () => {
  it('costs nothing the first time, and an attempt from then on', async () => {
    const { code, newCode, ...issued } = await resent()
    await fail({ ...issued, code: newCode }, 2, later(MINUTE))
    for (const [refusal, count] of [
      ['code_superseded', 2],
      ['code_wrong', 3],
      ['code_wrong', 4],
    ] as const) {
      expect(await answer(issued, code, later(MINUTE))).toMatchObject(refuse(refusal))
      expect(await countsOf({ ...issued, code })).toEqual([count, count])
    }
  })

  it('gives its attempt back once to four concurrent answers', async () => {
    const { code, ...issued } = await resent()
    const outcomes = await atOnce(4, () => answer(issued, code, later(MINUTE)))
    expect(countOutcomes(outcomes)).toEqual({ code_superseded: 1, code_wrong: 3 })
    expect(await countsOf({ ...issued, code })).toEqual([3, 3])
  })

  it('is no longer accepted when the fifth attempt is used', async () => {
    const { code, newCode, ...issued } = await resent()
    await fail({ ...issued, code: newCode }, 4, later(MINUTE))
    expect(await answer(issued, code, later(MINUTE))).toEqual(refuse('code_superseded'))
    expect(await answer(issued, wrongCode(newCode), later(MINUTE))).toEqual(
      refuse('code_exhausted'),
    )
    expect(await answer(issued, code, later(2 * MINUTE))).toEqual(refuse('code_exhausted'))
    expect(await countsOf({ ...issued, code })).toEqual([5, 5])
  })

  it('of two is given back for each', async () => {
    const { code, newCode, ...issued } = await resent()
    await resend(issued, later(2 * MINUTE))
    for (const old of [newCode, code])
      expect(await answer(issued, old, later(2 * MINUTE))).toEqual(refuse('code_superseded'))
    expect(await countsOf({ ...issued, code })).toEqual([0, 0])
    expect(await answer(issued, code, later(2 * MINUTE))).toMatchObject(refuse('code_wrong'))
    expect(await countsOf({ ...issued, code })).toEqual([1, 1])
  })
})
