import { describe, expect, it } from 'vitest'
import { findSession, readProfile } from '@/lib/accounts'
import { maskAddress } from '@/lib/addresses'
import { refuse } from '@/lib/platform/result'
import { listEntries } from '@/lib/points'
import {
  addRecoveriesWithCodes,
  addRecovery,
  expectDone,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newPhone,
  signIn,
} from '../support/accounts'
import { codesTo, messagesTo } from '../support/outbox'
import { change, codeToNewAddress, complete, KINDS, request, valuesOf } from './change-actions'

addRecoveriesWithCodes()

describe.each(KINDS)('a recovery account (%s)', (kind, newAddress) => {
  const replacement = () => ({ address: newAddress(), role: 'recovery' as const })

  it('is replaced with a code to the primary phone and a code to the new one, and works until then', async () => {
    const [account, wanted] = [await makeRecoverable(newAddress()), replacement()]
    const code = await codeToNewAddress(account, wanted)
    expect(await valuesOf(account)).toContainEqual(['recovery', account.recovery.value])
    await expectDone(complete(account, wanted, code))
    expect((await readProfile(account.userId)).recoveries).toMatchObject([
      { kind, mask: maskAddress(wanted.address), confirmedAt: NOW },
    ])
  })

  it('is replaced through the other one, and does not authorise its own replacement', async () => {
    const [account, wanted] = [
      await makeRecoverable(newAddress()),
      { ...replacement(), proof: 'recovery' as const },
    ]
    expect(await request(account, wanted)).toEqual(refuse('no_recovery'))
    const other = kind === 'email' ? newPhone() : newEmail()
    await addRecovery(account, other)
    const before = await codesTo(account.recovery)
    await expectDone(change(account, wanted, other))
    expect(await codesTo(account.recovery)).toEqual(before)
    expect(await valuesOf(account)).toContainEqual(['recovery', wanted.address.value])
  })

  it('R39 is notified, like the new one and the primaries, and sessions continue', async () => {
    const [account, wanted] = [await makeRecoverable(newAddress()), replacement()]
    const { sessionSecret } = await signIn(account.userId)
    await expectDone(change(account, wanted))
    for (const to of [account.recovery, wanted.address, account.email, account.phone])
      expect((await messagesTo(to))[0]).toMatchObject({ kind: 'notice.recovery_replaced' })
    expect(await findSession(sessionSecret, NOW)).not.toBeNull()
  })

  it('R51 earns the points once over all replacements', async () => {
    const [account, wanted] = [await makeRecoverable(newAddress()), replacement()]
    expect(await change(account, wanted)).toEqual({ ok: true, value: 0 })
    expect(await listEntries(account.userId)).toHaveLength(1)
  })

  it('R16 is not replaced by a primary or by itself', async () => {
    const account = await makeRecoverable(newAddress())
    const role = 'recovery' as const
    expect(await request(account, { address: account[kind], role })).toEqual(
      refuse('same_as_primary'),
    )
    expect(await request(account, { address: account.recovery, role })).toEqual(
      refuse('same_as_current'),
    )
  })

  it('cannot be replaced when it is missing', async () => {
    expect(await request(await makeAccount(), replacement())).toEqual(refuse('challenge_gone'))
  })
})
