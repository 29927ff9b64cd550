import { describe, expect, it } from 'vitest'
import { findSession } from '@/lib/accounts'
import { verifyActivity } from '@/lib/activity'
import { isCodeOf } from '@/lib/challenges/code'
import { deleteOld } from '@/lib/personal-data/prune'
import { db } from '@/lib/platform/db'
import { balanceOf } from '@/lib/points'
import facts from '../fixtures/last-version/facts.json'
import { deliver } from '../support/deliver'
import { minutesLater } from './last-version'

/** The present counts of a counter of the last version. Those of an address are not kept. */
function countsOf([key, failures]: [string, number]) {
  const [former = '', of, account] = key.split(':')
  if (of !== 'user') return []
  if (former === 'reset_password')
    return ['primary_phone', 'recovery'].map((path) => `${account} ${path} unknown ${failures}`)
  const path = former
    .replace(/^thaw_/, 'unfreeze_')
    .replace(/^prove_email/, 'verify_email')
    .replace(/^prove_recovery/, 'reverify_recovery')
  return [`${account} ${path} session ${failures}`]
}

describe('after an upgrade from the last version', () => {
  it('every row of the activity verifies', async () => {
    expect(await verifyActivity(new Date())).toEqual({ ...facts.activity, erased: 0, faults: [] })
  })

  it('balances, sessions and codes are unchanged', async () => {
    for (const { userId, balance, sessions } of Object.values(facts.accounts)) {
      expect(await balanceOf(userId)).toBe(balance)
      for (const { secret, isLive } of sessions)
        expect((await findSession(secret, minutesLater(1))) !== null).toBe(isLive)
    }
    for (const { id, code } of facts.codes) {
      const { codeHash } = await db().challenge.findUniqueOrThrow({ where: { id } })
      expect(isCodeOf(id, code, codeHash)).toBe(true)
    }
  })

  it('failures are still counted, those of a reset on both of its paths', async () => {
    const rows = await db().failureCount.findMany()
    const counted = rows.map(({ account, path, scope, failures }) =>
      [account, path, scope, failures].join(' '),
    )
    expect(counted.sort()).toEqual(Object.entries(facts.attemptCounters).flatMap(countsOf).sort())
  })

  it('browsers in which an account was signed in are its known devices', async () => {
    const sessions = await db().session.findMany({ where: { device: { not: null } } })
    const devices = await db().knownDevice.findMany({ where: { revokedAt: null } })
    const expected = new Set(sessions.map(({ userId, device }) => `${userId} ${device}`))
    expect(expected.size).toBeGreaterThan(0)
    expect(devices.map(({ userId, secretHash }) => `${userId} ${secretHash}`).sort()).toEqual(
      [...expected].sort(),
    )
  })

  it.each([
    [facts.unsent['code.thaw_second'], 'code.unfreeze_second'],
    [facts.unsent['notice.thawed'], 'notice.unfrozen'],
  ])('an unsent message is sent under its present name: %s', async (id, kind) => {
    const before = await db().message.findUniqueOrThrow({ where: { id } })
    await deliver(id, { clock: () => minutesLater(1) })
    const sent = await db().message.findUniqueOrThrow({ where: { id } })
    expect([before.kind, sent]).toMatchObject([kind, { sentAt: minutesLater(1), sealedBody: null }])
  })

  it('R57 rows of the activity are anchored once, lose their values by schedule, and still verify', async () => {
    const { proven } = await verifyActivity(new Date())
    const yearsLater = minutesLater(2 * 365 * 24 * 60)
    await deleteOld(yearsLater)
    await deleteOld(yearsLater)
    const anchored = await db().securityEvent.count({ where: { type: 'reanchored' } })
    const accounts = await db().user.count()
    expect(anchored).toBe(accounts)
    expect(await verifyActivity(yearsLater)).toEqual({
      proven: proven + anchored,
      erased: proven,
      unsealed: 0,
      faults: [],
    })
  })
})
