import { describe, expect, it } from 'vitest'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { completeAct, type SignedInStaff } from '@/lib/support'
import { later, NOW } from '../support/accounts'
import { newAuthenticator } from '../support/authenticator'
import { closeGate } from '../support/gate'
import { logOf, securityLines } from '../support/log-lines'
import { makeStaff, type StaffPerson, signAct, signInStaff } from '../support/staff'

const REFUSED = refuse('passkey_refused')
const ACT = {
  type: 'freeze',
  caseNumber: 'K7',
  reason: 'telepon hilang',
  undo: ['a', 'b'],
} as const

async function signedIn(): Promise<[StaffPerson, SignedInStaff]> {
  const person = await makeStaff('agent')
  return [person, await signInStaff(person)]
}

/** Work that writes a row, which shows whether it was committed. */
const writeKey = (staffId: string) => async () => {
  await db().staffKey.updateMany({ where: { staffId }, data: { transports: ['usb'] } })
  return done('ditulis')
}

describe('a signature over an act', () => {
  it('R77 permits the act once, whatever the order of its values', async () => {
    const [person, staff] = await signedIn()
    const signed = await signAct(person, staff, ACT)
    const { undo, reason, caseNumber, type } = ACT
    const sorted = { ...signed, act: { undo, type, reason, caseNumber } }
    expect(await completeAct(sorted, async () => done('ya'))).toEqual(done('ya'))
    expect(await completeAct(sorted, async () => done('ya'))).toEqual(REFUSED)
  })

  it.each([
    ['another type', { ...ACT, type: 'unfreeze' }],
    ['another value', { ...ACT, caseNumber: 'K8' }],
    ['another order of a list', { ...ACT, undo: ['b', 'a'] }],
    ['a further value', { ...ACT, ticket: '1' }],
    ['a value less', { type: ACT.type, caseNumber: ACT.caseNumber, reason: ACT.reason }],
  ])('permits no act with %s', async (_, act) => {
    const [person, staff] = await signedIn()
    const signed = await signAct(person, staff, ACT)
    expect(await completeAct({ ...signed, act }, async () => done())).toEqual(REFUSED)
    expect(await completeAct(signed, async () => done())).toEqual(done())
  })

  it('R77 permits nothing to another person or another session', async () => {
    const [person, staff] = await signedIn()
    const [, other] = await signedIn()
    const again = await signInStaff(person)
    const signed = await signAct(person, staff, ACT)
    for (const thief of [other, again])
      expect(await completeAct({ ...signed, staff: thief }, async () => done())).toEqual(REFUSED)
    const [stranger] = await signedIn()
    const forged = await signAct(stranger, staff, ACT, { odd: { userHandle: null } })
    expect(await completeAct(forged, async () => done())).toEqual(REFUSED)
  })

  it('is no sign-in, and a sign-in is no signature over an act', async () => {
    const [person, staff] = await signedIn()
    const { secret, credential } = await signAct(person, staff, ACT)
    const { completeSignIn, beginSignIn } = await import('@/lib/support')
    const origin = { ip: '198.51.100.7', userAgent: '' }
    expect(await completeSignIn({ secret, credential, origin, now: NOW })).toEqual(REFUSED)
    const begun = await beginSignIn(origin, NOW)
    if (!begun.ok) throw new Error(begun.refusal)
    const answer = person.authenticator.get(begun.value.options)
    const swapped = { staff, act: ACT, secret: begun.value.secret, credential: answer, now: NOW }
    expect(await completeAct(swapped, async () => done())).toEqual(REFUSED)
  })

  it('R77 is too old after two minutes, and needs user verification', async () => {
    const [person, staff] = await signedIn()
    const late = { ...(await signAct(person, staff, ACT)), now: later(120) }
    expect(await completeAct(late, async () => done())).toEqual(REFUSED)
    const unverified = await signAct(person, staff, ACT, { odd: { isVerified: false } })
    expect(await completeAct(unverified, async () => done())).toEqual(REFUSED)
  })

  it('runs the work once when the same answer arrives five times at once', async () => {
    // The counter of another one would refuse the later ones, too.
    const person = await makeStaff('agent', { authenticator: newAuthenticator({ counts: false }) })
    const staff = await signInStaff(person)
    const signed = await signAct(person, staff, ACT)
    const gate = await closeGate('StaffKey', { event: 'UPDATE' })
    let runs = 0
    const work = async () => {
      runs++
      return done()
    }
    const tried = Promise.all([1, 2, 3, 4, 5].map(() => completeAct(signed, work)))
    await gate.crowd(5)
    await gate.open()
    expect((await tried).filter(({ ok }) => ok)).toHaveLength(1)
    expect(runs).toBe(1)
  })

  it('stays used when the work is refused, whose writes are rolled back', async () => {
    const [person, staff] = await signedIn()
    const signed = await signAct(person, staff, ACT)
    const refusing = await completeAct(signed, async (tx) => {
      await tx.staff.update({ where: { id: staff.staffId }, data: { name: 'Ditulis' } })
      return refuse('not_possible')
    })
    expect(refusing).toEqual(refuse('not_possible'))
    const { name } = await db().staff.findUniqueOrThrow({ where: { id: staff.staffId } })
    expect(name).not.toBe('Ditulis')
    expect(await completeAct(signed, async () => done())).toEqual(REFUSED)
  })

  it('stays unused when the work fails', async () => {
    const [person, staff] = await signedIn()
    const signed = await signAct(person, staff, ACT)
    const failing = completeAct(signed, async () => {
      throw new Error('gagal')
    })
    await expect(failing).rejects.toThrow('gagal')
    expect(await completeAct(signed, async () => done())).toEqual(done())
    expect(await completeAct(signed, async () => done())).toEqual(REFUSED)
  })

  it('R76 permits nothing to somebody who was disabled meanwhile', async () => {
    const [person, staff] = await signedIn()
    const signed = await signAct(person, staff, ACT)
    const where = { id: staff.staffId }
    await db().staff.update({ where, data: { disabledAt: NOW } })
    const written: string[] = []
    const log = await logOf(async () => {
      const outcome = await completeAct(signed, writeKey(staff.staffId))
      written.push(JSON.stringify(outcome))
    })
    expect(written).toEqual([JSON.stringify(REFUSED)])
    expect(securityLines(log)).toMatchObject([{ reason: 'not_active', staffId: staff.staffId }])
  })
})
