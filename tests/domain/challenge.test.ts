import { describe, expect, it } from 'vitest'
import { closeChallenges, passChallenge } from '@/lib/challenges'
import { transaction } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { later, MINUTE, makeAccount, NOW, newEmail, newOrigin } from '../support/accounts'
import { newestCode, wrongCode } from '../support/outbox'
import { answer, attemptsAt, fail, issue, issueDecoy, view } from './challenge-actions'

describe('a code', () => {
  it('R03 is accepted 9:59 minutes after it was sent by SMS, and refused after 10:01', async () => {
    const [inTime, late] = [await issue(), await issue()]
    expect(await answer(inTime, inTime.code, later(599))).toEqual(done())
    expect(await answer(late, late.code, later(601))).toEqual(refuse('code_expired'))
  })

  it('R04 is accepted 9:59 minutes after it was sent by e-mail, and refused after 10:01', async () => {
    const [one, other] = [newEmail(), newEmail()]
    const inTime = await issue({ recipients: [one] })
    const late = await issue({ recipients: [other] })
    expect(await answer(inTime, await newestCode(one), later(599))).toEqual(done())
    expect(await answer(late, await newestCode(other), later(601))).toEqual(refuse('code_expired'))
  })

  it('R05 works once', async () => {
    const issued = await issue()
    expect(await answer(issued, issued.code)).toEqual(done())
    expect(await answer(issued, issued.code)).toEqual(refuse('challenge_gone'))
  })

  it('R06 is wrong at every other challenge', async () => {
    const [one, other] = [await issue(), await issue()]
    const codeOfOne = one.code === other.code ? wrongCode(one.code) : one.code
    expect(await answer(other, codeOfOne)).toMatchObject(refuse('code_wrong'))
  })

  it('R06 is refused for every other purpose', async () => {
    const issued = await issue()
    expect(await answer(issued, issued.code, NOW, 'register')).toEqual(refuse('challenge_gone'))
    expect(await answer(issued, issued.code)).toEqual(done())
  })

  it('R06 of one user is refused for every other, signed in or by cookie', async () => {
    const [owner, thief] = [await makeAccount(), await makeAccount()]
    const issued = await issue({ userId: owner.userId })
    const stolen = passChallenge(
      {
        ref: { userId: thief.userId },
        purpose: 'reset_password',
        code: issued.code,
        origin: newOrigin(),
        now: NOW,
      },
      async () => undefined,
    )
    expect(await stolen).toEqual(refuse('challenge_gone'))
    expect(await answer({ secret: 'made up' }, issued.code)).toEqual(refuse('challenge_gone'))
  })

  it('R09 is refused after five wrong ones even when it is right', async () => {
    const issued = await issue()
    expect(await fail(issued, 5)).toEqual([
      'code_wrong',
      'code_wrong',
      'code_wrong',
      'code_wrong',
      'code_exhausted',
    ])
    expect(await answer(issued, issued.code)).toEqual(refuse('code_exhausted'))
  })

  it('tells with each wrong one how many attempts are left', async () => {
    const issued = await issue()
    const answers = []
    for (let nth = 1; nth < 5; nth++)
      answers.push(await answer(issued, wrongCode(issued.code, nth)))
    expect(answers).toEqual(
      [4, 3, 2, 1].map((attemptsLeft) => ({ ...refuse('code_wrong'), attemptsLeft })),
    )
  })

  it('is accepted as the fifth attempt', async () => {
    const issued = await issue()
    await fail(issued, 4)
    expect(await answer(issued, issued.code)).toEqual(done())
  })

  it('costs no attempt when it is expired', async () => {
    const issued = await issue()
    await answer(issued, issued.code, later(10 * MINUTE))
    expect(await attemptsAt(issued.rateLimitKey)).toBe(0)
  })
})

describe('an attempt', () => {
  it('is the only thing that stays when the permitted work fails', async () => {
    const issued = await issue()
    const failing = passChallenge(
      {
        ref: { secret: issued.secret },
        purpose: 'reset_password',
        code: issued.code,
        origin: newOrigin(),
        now: NOW,
      },
      async () => {
        throw new Error('what it permits failed')
      },
    )
    await expect(failing).rejects.toThrow('what it permits failed')
    expect(await attemptsAt(issued.rateLimitKey)).toBe(1)
    expect(await answer(issued, issued.code)).toEqual(done())
  })
})

describe('a closed challenge', () => {
  it('accepts no code and is not shown', async () => {
    const { userId } = await makeAccount()
    const issued = await issue({ userId })
    await transaction((tx) => closeChallenges(tx, { userId }, NOW))
    expect(await answer(issued, issued.code)).toEqual(refuse('challenge_gone'))
    expect(await view(issued)).toBeNull()
  })
})

describe('a decoy', () => {
  it('accepts no code, with the refusals of a real challenge', async () => {
    const [issued, decoy] = [await issue(), await issueDecoy()]
    expect(await fail({ ...decoy, code: '500000' }, 6)).toEqual(await fail(issued, 6))
    const late = later(601)
    expect(await answer(await issueDecoy(), '123456', late)).toEqual(
      await answer(await issue(), '123456', late),
    )
  })

  it('R22 looks like a real challenge to a signed-out visitor', async () => {
    const shown = await view(await issue())
    expect(shown).toMatchObject({
      sentTo: [],
      isPassed: false,
      isExhausted: false,
      secondsToExpiry: 600,
    })
    expect(await view(await issueDecoy())).toEqual(shown)
  })
})
