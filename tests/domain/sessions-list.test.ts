import { describe, expect, it } from 'vitest'
import {
  endOtherSessions,
  endOwnSession,
  findSession,
  listSessions,
  openSession,
} from '@/lib/accounts'
import { db } from '@/lib/platform/db'
import { type Account, atOnce, DAY, later, makeAccount, NOW, newOrigin } from '../support/accounts'
import { holdUser } from '../support/gate'
import { readOutbox } from '../support/outbox'
import { faultsOf, rowsOf } from './activity-actions'

/** A session and the secret of its browser. */
async function openSessionOf({ userId }: Account, given: { now?: Date; userAgent?: string } = {}) {
  const { now = NOW, ...origin } = given
  const { sessionSecret } = await openSession(db(), {
    userId,
    passwordVersion: 1,
    device: null,
    origin: { ...newOrigin(), ...origin },
    now,
  })
  const found = await findSession(sessionSecret, now)
  if (!found) throw new Error('the session is not live')
  return {
    sessionId: found.sessionId,
    isLive: async (at = NOW) => (await findSession(sessionSecret, at)) !== null,
  }
}

type Session = Awaited<ReturnType<typeof openSessionOf>>

const callerOf = ({ userId }: Account, { sessionId }: Session, now = NOW) => ({
  userId,
  sessionId,
  origin: newOrigin(),
  now,
})
const listed = async ({ userId }: Account, now = NOW) =>
  (await listSessions(userId, now)).map(({ sessionId }) => sessionId)
const endings = async (account: Account) =>
  (await rowsOf(account)).map(({ type }) => type).filter((type) => type.startsWith('session'))

describe('the list of sessions', () => {
  it('contains every live one with its device and times, the last seen first', async () => {
    const account = await makeAccount()
    const old = await openSessionOf(account, { userAgent: 'Old' })
    const recent = await openSessionOf(account, { userAgent: 'Recent', now: later(60) })
    expect(await listSessions(account.userId, later(60))).toEqual([
      expect.objectContaining({
        sessionId: recent.sessionId,
        userAgent: 'Recent',
        createdAt: later(60),
        lastSeenAt: later(60),
      }),
      expect.objectContaining({
        sessionId: old.sessionId,
        userAgent: 'Old',
        createdAt: NOW,
        lastSeenAt: NOW,
      }),
    ])
    await old.isLive(later(DAY))
    expect(await listed(account, later(DAY))).toEqual([old.sessionId, recent.sessionId])
  })

  it('excludes ended and expired ones, and those of an older password or of another customer', async () => {
    const [account, other] = [await makeAccount(), await makeAccount()]
    const [ended, expired, live] = [
      await openSessionOf(account),
      await openSessionOf(account, { now: later(-30 * DAY) }),
      await openSessionOf(account),
    ]
    await openSessionOf(other)
    await db().session.update({ where: { id: ended.sessionId }, data: { revokedAt: NOW } })
    expect(await listed(account)).toEqual([live.sessionId])
    expect(await listed(account)).not.toContain(expired.sessionId)
    await db().user.update({ where: { id: account.userId }, data: { passwordVersion: 2 } })
    expect(await listed(account)).toEqual([])
  })
})

describe('R55 ending one session', () => {
  it('ends it and no other at its next request, with an event and without a notification', async () => {
    const account = await makeAccount()
    const [present, lost, other] = [
      await openSessionOf(account),
      await openSessionOf(account),
      await openSessionOf(account),
    ]
    const before = (await readOutbox()).length
    await endOwnSession(callerOf(account, present), lost.sessionId)
    expect([await present.isLive(), await lost.isLive(), await other.isLive()]).toEqual([
      true,
      false,
      true,
    ])
    expect(await endings(account)).toEqual(['session_ended'])
    expect((await readOutbox()).length).toBe(before)
    expect(await faultsOf(account)).toEqual([])
  })

  it('records no event when it has ended or its id is unknown', async () => {
    const account = await makeAccount()
    const [present, lost] = [await openSessionOf(account), await openSessionOf(account)]
    for (const id of [lost.sessionId, lost.sessionId, '0'.repeat(64), 'null', ''])
      await endOwnSession(callerOf(account, present), id)
    expect(await endings(account)).toEqual(['session_ended'])
  })

  it('does not end the session of another customer', async () => {
    const [account, victim] = [await makeAccount(), await makeAccount()]
    const [present, theirs] = [await openSessionOf(account), await openSessionOf(victim)]
    await endOwnSession(callerOf(account, present), theirs.sessionId)
    expect(await theirs.isLive()).toBe(true)
    expect([await endings(account), await endings(victim)]).toEqual([[], []])
  })
})

describe('ending every other session', () => {
  it('keeps the present one and those of other customers, with one event', async () => {
    const [account, other] = [await makeAccount(), await makeAccount()]
    const [present, ...lost] = [
      await openSessionOf(account),
      await openSessionOf(account),
      await openSessionOf(account),
    ]
    const theirs = await openSessionOf(other)
    await endOtherSessions(callerOf(account, present))
    expect(await Promise.all([present, theirs, ...lost].map(({ isLive }) => isLive()))).toEqual([
      true,
      true,
      false,
      false,
    ])
    await endOtherSessions(callerOf(account, present))
    expect(await endings(account)).toEqual(['sessions_ended'])
  })

  it('leaves exactly one when each of five ends the others concurrently', async () => {
    const account = await makeAccount()
    const sessions = await atOnce(5, () => openSessionOf(account))
    await Promise.all(sessions.map((session) => endOtherSessions(callerOf(account, session))))
    expect(await listed(account)).toHaveLength(1)
    expect(await endings(account)).toEqual(['sessions_ended'])
  })

  it('does nothing in a session that has ended, or whose account is frozen', async () => {
    const account = await makeAccount()
    const [present, other] = [await openSessionOf(account), await openSessionOf(account)]
    const gate = await holdUser(account.userId)
    const ending = endOtherSessions(callerOf(account, present))
    await gate.crowd(1)
    await db().session.update({ where: { id: present.sessionId }, data: { revokedAt: NOW } })
    await gate.open()
    await ending
    expect(await other.isLive()).toBe(true)
    await db().user.update({ where: { id: account.userId }, data: { frozenAt: NOW } })
    await endOwnSession(callerOf(account, other), other.sessionId)
    expect(await endings(account)).toEqual([])
  })
})
