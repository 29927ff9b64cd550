import { describe, expect, it } from 'vitest'
import { db, transaction } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import {
  beginEnrolment,
  completeEnrolment,
  findInvitation,
  inviteFirstAdministrator,
  inviteStaff,
  type StaffMember,
} from '@/lib/support'
import { countOutcomes, DAY, expectDone, HOUR, later, NOW } from '../support/accounts'
import { newAuthenticator } from '../support/authenticator'
import { emptyDatabase } from '../support/empty-database'
import { closeGate } from '../support/gate'
import { enrol, makeFirst, makeStaff, trySignIn } from '../support/staff'
import { confirm, disable, memberOf, stateOf } from './staff-actions'

const first = (name: string, now = NOW) => inviteFirstAdministrator({ name, now })

const invite = (by: StaffMember, now = NOW) =>
  expectDone(transaction((tx) => inviteStaff(tx, { by, name: 'Agen Baru', role: 'agent', now })))

describe('the first two administrators', () => {
  it('are invited by the command line and confirmed at once, and no third one', async () => {
    await emptyDatabase()
    const one = await makeFirst()
    expect(await stateOf(one.staffId)).toBe('active')
    expect((await trySignIn(one.authenticator)).ok).toBe(true)
    await expectDone(first('Dua'))
    expect(await first('Tiga')).toEqual(refuse('enough_administrators'))
  })

  it('get another link in place of an unused one', async () => {
    await emptyDatabase()
    const lost = await expectDone(first('Satu'))
    await expectDone(first('Dua'))
    const again = await expectDone(first('Satu', later(HOUR)))
    expect(again.staffId).toBe(lost.staffId)
    expect(await findInvitation(lost.token, later(HOUR))).toBeNull()
    expect(await findInvitation(again.token, later(HOUR))).toMatchObject({ name: 'Satu' })
  })

  it('may be others when an invitation has expired or somebody was disabled', async () => {
    await emptyDatabase()
    await expectDone(first('Satu'))
    const second = await makeFirst()
    expect(await first('Tiga')).toEqual(refuse('enough_administrators'))
    const third = await expectDone(first('Tiga', later(DAY)))
    await enrol(third.token, { now: later(DAY) })
    await expectDone(disable(null, second.staffId))
    await expectDone(first('Empat', later(DAY)))
  })

  it('are two, also when three commands run at the same time', async () => {
    await emptyDatabase()
    const gate = await closeGate('Staff')
    const invited = Promise.all(['Satu', 'Dua', 'Tiga'].map((name) => first(name)))
    await gate.crowd(3)
    await gate.open()
    expect(countOutcomes(await invited)).toEqual({ done: 2, enough_administrators: 1 })
  })
})

describe('an invitation', () => {
  it('works for 24 hours, and is stored as a hash', async () => {
    const { token, staffId } = await invite(await memberOf(await makeStaff('administrator')))
    expect(await findInvitation(token, later(DAY - 1))).toMatchObject({ staffId, role: 'agent' })
    expect(await findInvitation(token, later(DAY))).toBeNull()
    expect(await beginEnrolment(token, later(DAY))).toEqual(refuse('invitation_gone'))
    expect(await stateOf(staffId, later(DAY))).toBe('expired')
    const row = await db().staff.findUniqueOrThrow({ where: { id: staffId } })
    expect(JSON.stringify(row)).not.toContain(token)
  })

  it('makes one passkey, of two browsers at the same time', async () => {
    const { token, staffId } = await invite(await memberOf(await makeStaff('administrator')))
    const begun = await Promise.all([1, 2, 3].map(() => expectDone(beginEnrolment(token, NOW))))
    const gate = await closeGate('StaffKey')
    const made = Promise.all(
      begun.map(({ secret, options }) =>
        completeEnrolment({ secret, credential: newAuthenticator().create(options), now: NOW }),
      ),
    )
    await gate.crowd(3)
    await gate.open()
    expect(countOutcomes(await made)).toEqual({ done: 1, invitation_gone: 2 })
    expect(await db().staffKey.count({ where: { staffId } })).toBe(1)
    expect(await findInvitation(token, NOW)).toBeNull()
  })

  it('is not used up by an authenticator that does not verify its user', async () => {
    const { token } = await invite(await memberOf(await makeStaff('administrator')))
    const { secret, options } = await expectDone(beginEnrolment(token, NOW))
    const credential = newAuthenticator().create(options, { isVerified: false })
    const refused = await completeEnrolment({ secret, credential, now: NOW })
    expect(refused).toEqual(refuse('passkey_refused'))
    await enrol(token)
  })

  it('R78 asks for a key that the authenticator keeps, verifies its user and attests nothing', async () => {
    const { token, staffId } = await invite(await memberOf(await makeStaff('administrator')))
    const { options } = await expectDone(beginEnrolment(token, NOW))
    expect(options).toMatchObject({
      rp: { id: 'localhost' },
      attestation: 'none',
      excludeCredentials: [],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    expect(Buffer.from(options.user.id, 'base64url').toString()).toBe(staffId)
  })

  it.each([
    ['another origin', { origin: 'http://localhost:3001' }],
    ['another host', { rpId: 'jahat.example' }],
    ['another challenge', { challenge: 'AAAA' }],
  ])('refuses a passkey for %s', async (_, odd) => {
    const { token } = await invite(await memberOf(await makeStaff('administrator')))
    const { secret, options } = await expectDone(beginEnrolment(token, NOW))
    const credential = newAuthenticator().create(options, odd)
    const asserted = { secret, credential, now: NOW }
    expect(await completeEnrolment(asserted)).toEqual(refuse('passkey_refused'))
  })
})

describe('somebody who is invited', () => {
  it('signs in only when another administrator than the inviter has confirmed', async () => {
    const [inviter, other] = [await makeStaff('administrator'), await makeStaff('administrator')]
    const [by, another] = [await memberOf(inviter), await memberOf(other)]
    const { token, staffId } = await invite(by)
    expect(await confirm(another, staffId)).toEqual(refuse('not_waiting'))
    const authenticator = await enrol(token)
    expect(await trySignIn(authenticator)).toEqual(refuse('passkey_refused'))
    expect(await confirm(by, staffId)).toEqual(refuse('own_invitation'))
    expect(await confirm(another, staffId)).toEqual(done())
    expect(await confirm(another, staffId)).toEqual(refuse('not_waiting'))
    expect((await trySignIn(authenticator)).ok).toBe(true)
    const types = await db().staffEvent.findMany({
      where: { OR: [{ staffId }, { detail: { path: ['person'], equals: staffId } }] },
      orderBy: { position: 'asc' },
    })
    expect(types.map(({ type }) => type)).toEqual(['invited', 'enrolled', 'confirmed', 'signed_in'])
  })

  it('R74 cannot be confirmed by the inviter, nor by oneself, in the database either', async () => {
    const by = await memberOf(await makeStaff('administrator'))
    const { staffId } = await invite(by)
    for (const confirmedById of [by.staffId, staffId])
      await expect(
        db().staff.update({ where: { id: staffId }, data: { confirmedById, confirmedAt: NOW } }),
      ).rejects.toThrow('Staff_two_people')
  })
})
