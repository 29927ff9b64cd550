import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { passChallenge } from '@/lib/challenges'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { expectDone, later, makeAccount, NOW, newOrigin, newPhone } from '../support/accounts'
import { newestCode } from '../support/outbox'
import { answer, fail, issue } from './challenge-actions'

type Target = Awaited<ReturnType<typeof target>>

/** Issues a new challenge to the same address each time. */
async function target() {
  const { userId } = await makeAccount()
  const { rateLimitKey, recipient } = await issue()
  return { userId, rateLimitKey, recipients: [recipient] }
}

/** The same for an unknown account. */
const nobody = async () => ({ ...(await target()), userId: null, recipients: [] })

const issueAgain = (of: Target | Awaited<ReturnType<typeof nobody>>, now = NOW) =>
  issue({ ...of, now })

/**
 * Enters five wrong codes at a new challenge. Returns the refusals, and the wait in seconds before
 * a further attempt.
 */
async function failFive(of: Parameters<typeof issueAgain>[0], now: Date) {
  const words = await fail(await issueAgain(of, now), 5, now)
  const next = await answer(await issueAgain(of, now), '000000', now)
  return { words, wait: next.ok ? Number.NaN : (next.retryAfterSeconds ?? 0) }
}

/** Runs this many rounds of five, each as soon as the wait is over. */
async function failRounds(of: Parameters<typeof issueAgain>[0], rounds: number) {
  const results = [{ words: ['begin'], wait: 0, now: NOW }]
  for (let round = 0; round < rounds; round++) {
    const { now, wait } = results.at(-1) ?? { now: NOW, wait: 0 }
    const due = later(wait, now)
    results.push({ ...(await failFive(of, due)), now: due })
  }
  return results.slice(1)
}

/** An account with sixty wrong codes at one address, entered as fast as the waits allow. */
async function wearOut() {
  const of = await target()
  const waits = (await failRounds(of, 12)).map(({ wait }) => wait)
  return { userId: of.userId, waits }
}

describe('R08 the counter of attempts', () => {
  let worn: Awaited<ReturnType<typeof wearOut>>

  beforeAll(async () => {
    worn = await wearOut()
  })

  it('delays an address after every five failures in a row: 30 s, then twice as long each time, at most an hour', () => {
    expect(worn.waits).toEqual([30, 60, 120, 240, 480, 960, 1_920, ...Array(5).fill(3_600)])
  })

  it('refuses the right code during the delay, and accepts it afterwards', async () => {
    const of = await target()
    await failFive(of, NOW)
    const issued = await issueAgain(of)
    const code = await newestCode(of.recipients[0] ?? newPhone())
    expect(await answer(issued, code, later(29))).toEqual(refuse('code_blocked', 1))
    expect(await answer(issued, code, later(30))).toEqual(done())
  })

  it('counts no attempt during the delay', async () => {
    const of = await target()
    await failFive(of, NOW)
    const issued = await issueAgain(of)
    await fail(issued, 10)
    expect(
      await db().attemptCounter.findMany({ where: { key: { contains: of.rateLimitKey } } }),
    ).toMatchObject([{ failures: 5 }])
    expect(await answer(issued, '000000', later(30))).toEqual(refuse('code_wrong'))
  })

  it('is shared by all challenges of an address and purpose, and separate for every other', async () => {
    const [of, other] = [await target(), await target()]
    await fail(await issueAgain(of), 3)
    expect(await fail(await issueAgain(of), 3)).toEqual([
      'code_wrong',
      'code_wrong',
      'code_blocked',
    ])
    expect(await fail(await issueAgain(other), 1)).toEqual(['code_wrong'])
    const elsewhere = await issue({ ...of, purpose: 'register' })
    expect(await answer(elsewhere, '000000', NOW, 'register')).toEqual(refuse('code_wrong'))
  })

  it('is reset by a right code, for the address and for the account', async () => {
    const of = await target()
    await failFive(of, NOW)
    const issued = await issueAgain(of, later(30))
    await expectDone(answer(issued, await newestCode(of.recipients[0] ?? newPhone()), later(30)))
    expect((await failFive(of, later(30))).wait).toBe(30)
    expect(await failuresOf(of.userId)).toBe(5)
  })

  it('blocks an account after a hundred failures in a row over all its addresses, without telling the caller', async () => {
    const { userId } = worn
    await failRounds({ ...(await target()), userId }, 8)
    expect(await failuresOf(userId)).toBe(100)
    const fresh = { ...(await target()), userId }
    const issued = await issueAgain(fresh)
    expect(await answer(issued, await newestCode(fresh.recipients[0] ?? newPhone()))).toEqual(
      refuse('code_wrong'),
    )
    expect(await failuresOf(userId)).toBe(100)
  })

  it('gives the same answers for an unknown account, up to the hundredth failure and beyond', async () => {
    const [known, unknown] = [await target(), await nobody()]
    for (const { rateLimitKey, userId } of [known, unknown])
      for (const key of [`address:${rateLimitKey}`, `user:${userId ?? rateLimitKey}`])
        await db().attemptCounter.create({
          data: { key: `reset_password:${key}`, failures: 90, updatedAt: NOW },
        })
    expect(await failRounds(known, 4)).toEqual(await failRounds(unknown, 4))
  })

  it('of a signed-in customer is unaffected by attempts at a reset', async () => {
    const { userId, rateLimitKey, recipients } = await target()
    await failRounds({ userId, rateLimitKey, recipients }, 2)
    await db().challenge.create({ data: await signedInRow(userId, rateLimitKey) })
    const outcome = await passChallenge(
      {
        ref: { userId },
        purpose: 'remove_recovery',
        code: '000000',
        origin: newOrigin(),
        now: NOW,
      },
      async () => undefined,
    )
    expect(outcome).toEqual(refuse('code_wrong'))
  })
})

async function failuresOf(userId: string) {
  const counter = await db().attemptCounter.findUnique({
    where: { key: `reset_password:user:${userId}` },
  })
  return counter?.failures
}

async function signedInRow(userId: string, rateLimitKey: string) {
  const {
    id: _id,
    secretHash: _secret,
    ...row
  } = await db().challenge.findFirstOrThrow({ where: { rateLimitKey } })
  const times = {
    codeSentAt: NOW,
    codeExpiresAt: later(600),
    expiresAt: later(1_800),
    createdAt: NOW,
  }
  return {
    ...row,
    ...times,
    id: randomUUID(),
    userId,
    purpose: 'remove_recovery' as const,
    attempts: 0,
  }
}
