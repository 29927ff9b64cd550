import { describe, expect, it } from 'vitest'
import { passChallenge, redeemChallenge, spendPassed } from '@/lib/challenges'
import { db, transaction } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { expectDone, later, MINUTE, NOW, newOrigin } from '../support/accounts'
import { answer, issue, view } from './challenge-actions'

describe('a redeemed challenge', () => {
  it.each([['permits'], ['refuses']])(
    'is spent when the work that it permits %s',
    async (outcome) => {
      const issued = await issue()
      const { secret, code } = issued
      let id = ''
      const redeemed = await redeemChallenge(
        { ref: { secret }, purpose: 'reset_password', code, origin: newOrigin(), now: NOW },
        async (_tx, challenge) => {
          id = challenge.id
          return outcome === 'permits' ? done('worked') : refuse('taken')
        },
      )
      expect(redeemed).toEqual(outcome === 'permits' ? done('worked') : refuse('taken'))
      expect(await transaction((tx) => spendPassed(tx, [id], NOW))).toEqual(
        refuse('challenge_gone'),
      )
      expect(await answer(issued, code)).toEqual(refuse('challenge_gone'))
    },
  )
})

describe('a passed challenge', () => {
  const passed = async () => {
    const issued = await issue()
    const challenge = await expectDone(
      passChallenge(
        {
          ref: { secret: issued.secret },
          purpose: 'reset_password',
          code: issued.code,
          origin: newOrigin(),
          now: NOW,
        },
        async (_tx, row) => row,
      ),
    )
    return { ...issued, id: challenge.id }
  }
  const spend = (id: string, now: Date) => transaction((tx) => spendPassed(tx, [id], now))

  it('is spent once', async () => {
    const { id } = await passed()
    expect([await spend(id, NOW), await spend(id, NOW)]).toEqual([done(), refuse('challenge_gone')])
  })

  it('can be spent within 15 minutes', async () => {
    const [inTime, late] = [await passed(), await passed()]
    expect(await spend(inTime.id, later(15 * MINUTE - 1))).toEqual(done())
    expect(await spend(late.id, later(15 * MINUTE))).toEqual(refuse('challenge_gone'))
  })

  it('is unspent when the spending transaction fails', async () => {
    const { id } = await passed()
    const failing = transaction(async (tx) => {
      await spendPassed(tx, [id], NOW)
      throw new Error('later step failed')
    })
    await expect(failing).rejects.toThrow('later step failed')
    expect(await spend(id, NOW)).toEqual(done())
  })

  it('is shown as passed until it is spent', async () => {
    const issued = await passed()
    expect(await view(issued)).toMatchObject({ isPassed: true })
    await spend(issued.id, NOW)
    expect(await view(issued)).toBeNull()
  })

  it('requires a right code', async () => {
    const issued = await issue()
    const { id } = await db().challenge.findFirstOrThrow({
      where: { rateLimitKey: issued.rateLimitKey },
    })
    expect(await spend(id, NOW)).toEqual(refuse('challenge_gone'))
  })
})
