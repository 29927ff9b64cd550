import { describe, expect, it } from 'vitest'
import { passChallenge } from '@/lib/challenges'
import {
  type AttemptOwner,
  type AttemptScope,
  chargeAttempt,
  clearAttempts,
  hasAttempts,
  reopenPaths,
} from '@/lib/challenges/attempts'
import { requestRemoval } from '@/lib/contacts'
import { db, transaction } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import {
  atOnce,
  callerOf,
  expectDone,
  later,
  MINUTE,
  makeAccount,
  makeRecoverable,
  NOW,
  newOrigin,
} from '../support/accounts'
import { newestCode } from '../support/outbox'
import { answer, fail, issue } from './challenge-actions'

const UNKNOWN = { kind: 'unknown' } as const
const device = (id: string): AttemptScope => ({ kind: 'device', id })
const link = (id: string): AttemptScope => ({ kind: 'link', id })

const ownerOf = async (scope: AttemptScope, path = 'primary_phone'): Promise<AttemptOwner> => ({
  account: (await makeAccount()).userId,
  path,
  scope,
})

async function hasLeft({ account, path, scope }: AttemptOwner) {
  return hasAttempts(await db().failureCount.findMany({ where: { account, path } }), scope)
}

/** Charges until the scope refuses. Returns how many were accepted. */
async function exhaust(owner: AttemptOwner) {
  for (let accepted = 0; ; accepted++) if (!(await chargeAttempt(owner, NOW))) return accepted
}

describe('R08 the wrong answers in a row that a path of an account accepts', () => {
  it('are 60 from unknown browsers', async () => {
    expect(await exhaust(await ownerOf(UNKNOWN))).toBe(60)
  })

  it('are 10 from a known device, and 20 from all of them', async () => {
    const owner = await ownerOf(device('one'))
    expect(await exhaust(owner)).toBe(10)
    expect(await exhaust({ ...owner, scope: device('two') })).toBe(10)
    expect(await exhaust({ ...owner, scope: device('three') })).toBe(0)
  })

  it('are 5 by a link, and 20 by all of them', async () => {
    const owner = await ownerOf(link('one'))
    const accepted = []
    for (const id of ['one', 'two', 'three', 'four', 'five'])
      accepted.push(await exhaust({ ...owner, scope: link(id) }))
    expect(accepted).toEqual([5, 5, 5, 5, 0])
  })

  it('are 100 in all, whoever answers', async () => {
    const owner = await ownerOf(UNKNOWN)
    const scopes = [
      UNKNOWN,
      ...['one', 'two', 'three'].map(device),
      ...['one', 'two', 'three', 'four', 'five'].map(link),
    ]
    let sum = 0
    for (const scope of scopes) sum += await exhaust({ ...owner, scope })
    expect(sum).toBe(100)
  })

  it('are as many when 100 come at the same moment', async () => {
    for (const [scope, cap] of [
      [UNKNOWN, 60],
      [device('one'), 10],
    ] as const) {
      const owner = await ownerOf(scope)
      const charges = await atOnce(100, () => chargeAttempt(owner, NOW))
      expect(charges.filter(Boolean)).toHaveLength(cap)
    }
  })

  it('leave the other scopes, paths and accounts as they are', async () => {
    const owner = await ownerOf(UNKNOWN)
    await exhaust(owner)
    expect(await hasLeft(owner)).toBe(false)
    const others = [
      { ...owner, scope: device('one') },
      { ...owner, scope: link('one') },
      { ...owner, path: 'recovery' },
      { ...owner, path: 'password' },
      await ownerOf(UNKNOWN),
    ]
    for (const other of others) expect(await hasLeft(other)).toBe(true)
  })

  it('are counted anew after a right answer, at the one who gave it and at nobody else', async () => {
    const owner = await ownerOf(UNKNOWN)
    const [one, two] = [
      { ...owner, scope: device('one') },
      { ...owner, scope: device('two') },
    ]
    for (const of of [owner, one, two]) await exhaust(of)
    await clearAttempts(db(), one)
    expect([await hasLeft(owner), await hasLeft(two)]).toEqual([false, false])
    expect(await exhaust(one)).toBe(10)
    await clearAttempts(db(), owner)
    expect(await exhaust(owner)).toBe(60)
    expect(await hasLeft(one)).toBe(false)
  })

  it('are all given back on the paths that a completed reset opens', async () => {
    const owner = await ownerOf(UNKNOWN)
    const other = { ...owner, path: 'recovery' }
    for (const of of [owner, { ...owner, scope: link('one') }, other]) await exhaust(of)
    await transaction((tx) => reopenPaths(tx, owner.account, ['primary_phone', 'password']))
    expect(await exhaust(owner)).toBe(60)
    expect(await exhaust({ ...owner, scope: link('one') })).toBe(5)
    expect(await hasLeft(other)).toBe(false)
  })
})

describe('a stranger at a path whose attempts are used up', () => {
  it('is told that the right code is wrong, five times, as an unknown account is', async () => {
    const { userId } = await makeAccount()
    const [known, decoy] = [await issue({ userId }), await issue({ recipients: [] })]
    await exhaust({ account: userId, path: 'primary_phone', scope: UNKNOWN })
    const words = []
    for (let time = 0; time < 6; time++) {
      const outcome = await answer(known, known.code)
      words.push(outcome.ok ? 'done' : outcome.refusal)
    }
    expect(words).toEqual(await fail(decoy, 6))
  })

  it('does not stop a known device, which counts as unknown when its own are used up', async () => {
    const { userId } = await makeAccount()
    const scope = device('one')
    const owner = { account: userId, path: 'primary_phone' }
    await exhaust({ ...owner, scope: UNKNOWN })
    const attempts = { path: 'primary_phone', scope } as const
    const issued = await issue({ userId, attempts })
    expect(await answer(issued, issued.code, later(MINUTE))).toEqual(done())
    await exhaust({ ...owner, scope })
    const closed = await issue({ userId, attempts })
    expect(await answer(closed, closed.code)).toMatchObject(refuse('code_wrong'))
    await clearAttempts(db(), { ...owner, scope: UNKNOWN })
    const open = await issue({ userId, attempts })
    expect(await answer(open, open.code)).toEqual(done())
  })
})

describe('a signed-in customer', () => {
  const answerRemoval = (userId: string, code: string) =>
    passChallenge(
      { ref: { userId }, purpose: 'remove_recovery', code, origin: newOrigin(), now: NOW },
      async () => undefined,
    )

  it('is not affected by wrong codes of a reset', async () => {
    const account = await makeRecoverable()
    for (const path of ['primary_phone', 'recovery', 'password'])
      await exhaust({ account: account.userId, path, scope: UNKNOWN })
    await expectDone(requestRemoval(callerOf(account), 'email'))
    expect(await answerRemoval(account.userId, await newestCode(account.phone))).toEqual(done())
  })

  it('is told when the attempts of a purpose are used up', async () => {
    const account = await makeRecoverable()
    await expectDone(requestRemoval(callerOf(account), 'email'))
    const owner = {
      account: account.userId,
      path: 'remove_recovery',
      scope: { kind: 'session' },
    } as const
    expect(await exhaust(owner)).toBe(100)
    expect(await answerRemoval(account.userId, await newestCode(account.phone))).toEqual(
      refuse('code_blocked'),
    )
  })
})
