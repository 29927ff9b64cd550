import { describe, expect, it } from 'vitest'
import { transactionUnlessRefused } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { disableStaff, findStaffSession, inviteStaff } from '@/lib/support'
import { countOutcomes, NOW } from '../support/accounts'
import { emptyDatabase } from '../support/empty-database'
import { closeGate } from '../support/gate'
import { act, makeFirst, makeStaff, signInStaff, trySignIn } from '../support/staff'
import { confirm, disable, memberOf, stateOf } from './staff-actions'

describe('an administrator', () => {
  it('R76 disables somebody, whose sessions and passkeys end', async () => {
    const [administrator, agent] = [await makeStaff('administrator'), await makeStaff('agent')]
    const { sessionSecret } = await signInStaff(agent)
    expect(await disable(await memberOf(administrator), agent.staffId)).toEqual(done())
    expect(await findStaffSession(sessionSecret, NOW)).toBeNull()
    expect(await trySignIn(agent.authenticator)).toEqual(refuse('passkey_refused'))
    expect(await stateOf(agent.staffId)).toBe('disabled')
    expect(await disable(await memberOf(administrator), agent.staffId)).toEqual(
      refuse('not_enabled'),
    )
  })

  it('does not disable oneself, and others manage nobody', async () => {
    const administrator = await memberOf(await makeStaff('administrator'))
    const agent = await memberOf(await makeStaff('agent'))
    expect(await disable(administrator, administrator.staffId)).toEqual(refuse('own_staff'))
    expect(await disable(agent, administrator.staffId)).toEqual(refuse('not_permitted'))
    expect(await confirm(agent, administrator.staffId)).toEqual(refuse('not_permitted'))
    const given = { by: agent, name: 'Teman', role: 'administrator', now: NOW } as const
    const invited = await transactionUnlessRefused((tx) => inviteStaff(tx, given))
    expect(invited).toEqual(refuse('not_permitted'))
  })

  it('is the last one, whom the command line does not disable', async () => {
    await emptyDatabase()
    const [one, other] = [await makeFirst(), await makeFirst()]
    expect(await disable(null, one.staffId)).toEqual(done())
    expect(await disable(null, other.staffId)).toEqual(refuse('last_administrator'))
    expect(await stateOf(other.staffId)).toBe('active')
  })

  it('of two who disable each other at the same moment, one stays', async () => {
    await emptyDatabase()
    const [one, other] = [await makeFirst(), await makeFirst()]
    const [own, others] = [await signInStaff(one), await signInStaff(other)]
    const gate = await closeGate('StaffEvent', { when: `NEW.type = 'disabled'` })
    const type = 'disable_staff'
    const tried = Promise.all([
      act(one, own, { type, others: [other.staffId] }, (tx) =>
        disableStaff(tx, { by: own, staffId: other.staffId, now: NOW }),
      ),
      act(other, others, { type, others: [one.staffId] }, (tx) =>
        disableStaff(tx, { by: others, staffId: one.staffId, now: NOW }),
      ),
    ])
    await gate.crowd(2)
    await gate.open()
    expect(countOutcomes(await tried)).toEqual({ done: 1, passkey_refused: 1 })
  })
})
