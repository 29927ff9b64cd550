import { describe, expect, it } from 'vitest'
import { deleteOld } from '@/lib/personal-data/prune'
import { db } from '@/lib/platform/db'
import { endStaffSession, findStaffSession } from '@/lib/support'
import { DAY, HOUR, later, MINUTE, NOW } from '../support/accounts'
import { makeStaff, signInStaff, trySignIn } from '../support/staff'

const signedIn = async () => signInStaff(await makeStaff('agent'))

const seenAt = async (id: string) =>
  (await db().staffSession.findUniqueOrThrow({ where: { id } })).lastSeenAt

describe('a session of staff', () => {
  it('R75 ends after 15 minutes without use, and every use keeps it', async () => {
    const { sessionSecret } = await signedIn()
    const at = (seconds: number) => findStaffSession(sessionSecret, later(seconds))
    expect(await at(15 * MINUTE - 1)).not.toBeNull()
    expect(await at(30 * MINUTE - 2)).not.toBeNull()
    expect(await at(45 * MINUTE - 2)).toBeNull()
    expect(await at(45 * MINUTE)).toBeNull()
  })

  it('R75 ends after 12 hours, however much it is used', async () => {
    const { sessionSecret } = await signedIn()
    for (let minutes = 10; minutes < 12 * 60; minutes += 10)
      expect(await findStaffSession(sessionSecret, later(minutes * MINUTE))).not.toBeNull()
    expect(await findStaffSession(sessionSecret, later(12 * HOUR - 1))).not.toBeNull()
    expect(await findStaffSession(sessionSecret, later(12 * HOUR))).toBeNull()
  })

  it('is written at most once a minute', async () => {
    const { sessionSecret, sessionId } = await signedIn()
    await findStaffSession(sessionSecret, later(59))
    expect(await seenAt(sessionId)).toEqual(NOW)
    await findStaffSession(sessionSecret, later(60))
    expect(await seenAt(sessionId)).toEqual(later(60))
  })

  it('R76 ends when it is ended, with one event', async () => {
    const staff = await signedIn()
    for (const seconds of [5, 6]) await endStaffSession(staff, later(seconds))
    expect(await findStaffSession(staff.sessionSecret, later(7))).toBeNull()
    const { staffId } = staff
    const events = await db().staffEvent.findMany({ where: { staffId, type: 'signed_out' } })
    expect(events.map(({ at }) => at)).toEqual([later(5)])
  })

  it('is another one for each secret, and unknown secrets find none', async () => {
    const { sessionId } = await signedIn()
    for (const secret of ['', sessionId, 'x'.repeat(43)])
      expect(await findStaffSession(secret, NOW)).toBeNull()
  })

  it('is deleted with the challenges after the days of sessions', async () => {
    const person = await makeStaff('agent')
    await trySignIn(person.authenticator)
    const count = async () => [
      await db().staffSession.count({ where: { staffId: person.staffId } }),
      await db().staffChallenge.count({ where: { staffId: person.staffId } }),
    ]
    expect(await count()).toEqual([1, 1])
    await deleteOld(later(30 * DAY + 12 * HOUR - 1))
    expect(await count()).toEqual([1, 0])
    await deleteOld(later(30 * DAY + 12 * HOUR))
    expect(await count()).toEqual([0, 0])
  })
})
