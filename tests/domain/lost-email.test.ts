import { describe, expect, it } from 'vitest'
import { readProfile } from '@/lib/accounts'
import { findSecureLink } from '@/lib/activity'
import { findPrimary, maskAddress } from '@/lib/addresses'
import { confirmPrimaryEmail, findChange, requestEmailConfirmation } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { findUnfreeze } from '@/lib/recovery'
import {
  type Account,
  addRecovery,
  callerOf,
  expectDone,
  expectSession,
  forgetLimits,
  makeAccount,
  makeNewAccount,
  NOW,
  newEmail,
  newPhone,
  proveEmail,
} from '../support/accounts'
import { kindsTo, newestCode } from '../support/outbox'
import { change, codeToNewAddress, complete as completeChange, tryLogIn } from './change-actions'
import {
  begin,
  complete,
  eventsOf,
  makeGuarded,
  newestLink,
  replaceSlot,
  SEEN,
  slotsOf,
  stop,
  THEFT,
  verifiedUnfreeze,
  verifyAddress,
} from './freeze-actions'
import { makeHolder, prove } from './holder-actions'

describe('an account that lost its e-mail', () => {
  const robbedOf = async (holder: Account) => {
    const prover = await makeNewAccount({ email: holder.email })
    await expectDone(prove(prover))
    return prover
  }

  it('sees the e-mail masked in its activity, and nothing of who confirmed it', async () => {
    const holder = await makeHolder(makeAccount)
    await robbedOf(holder)
    const event = await db().securityEvent.findFirstOrThrow({
      where: { userId: holder.userId, type: 'email_lost' },
    })
    const { ip, userAgent, detail } = event
    expect({ ip, userAgent, detail }).toEqual({
      ip: 'another-account',
      userAgent: '',
      detail: { about: maskAddress(holder.email) },
    })
  })

  it('cannot be frozen any more with the links that the e-mail received', async () => {
    const holder = await makeHolder(makeAccount)
    const [lost, kept] = [await newestLink(holder.email), await newestLink(holder.recovery)]
    await robbedOf(holder)
    expect(await findSecureLink(lost, NOW)).toBeNull()
    expect(await findSecureLink(kept, NOW)).toMatchObject({ state: 'open' })
    await stop(holder, NOW)
    expect(await kindsTo(holder.email)).not.toContain('notice.frozen')
  })

  it('does not log in by it, and sees that it has none', async () => {
    const holder = await makeHolder(makeAccount)
    expect(await tryLogIn(holder.email)).toMatchObject({ ok: true })
    const prover = await robbedOf(holder)
    const entry = await expectSession(tryLogIn(holder.email))
    const { userId } = await db().session.findFirstOrThrow({
      where: { expiresAt: entry.expiresAt, userId: prover.userId },
    })
    expect(userId).toBe(prover.userId)
    const { primaries } = await readProfile(holder.userId)
    expect(primaries.map(({ kind }) => kind)).toEqual(['phone'])
    expect(await requestEmailConfirmation(callerOf(holder))).toEqual(refuse('nothing_to_confirm'))
  })

  it('adds another primary e-mail, or the same one again when nobody has it', async () => {
    const [holder, address] = [await makeHolder(makeAccount), newEmail()]
    const prover = await robbedOf(holder)
    expect(await change(holder, { address: holder.email })).toEqual(refuse('taken'))
    await expectDone(change(prover, { address: newEmail() }))
    await expectDone(change(holder, { address: holder.email }))
    await expectDone(change(holder, { address }))
    expect(await findPrimary(db(), address)).toMatchObject({ userId: holder.userId })
  })

  it('continues a change of the e-mail that it had begun', async () => {
    const [holder, wanted] = [await makeHolder(makeAccount), { address: newEmail() }]
    const code = await codeToNewAddress(holder, wanted)
    await robbedOf(holder)
    const slot = { role: 'primary', kind: 'email' } as const
    expect(await findChange(callerOf(holder), slot)).toMatchObject({
      step: 'confirm',
      previous: undefined,
    })
    await expectDone(completeChange(holder, wanted, code))
    expect(await findPrimary(db(), wanted.address)).toMatchObject({ userId: holder.userId })
  })

  it('loses it while it is frozen too, and its owner has nothing to decide about that', async () => {
    const holder = await makeHolder(makeAccount)
    await stop(holder)
    await robbedOf(holder)
    expect(await eventsOf(holder)).toContain('email_lost')
    const secret = await begin(holder)
    await verifyAddress(secret, 'unfreeze_first', 'primary_phone', holder.phone)
    await verifyAddress(secret, 'unfreeze_second', 'recovery_email', holder.recovery)
    expect(await complete(secret)).toEqual(done())
    expect((await readProfile(holder.userId)).primaries.map(({ kind }) => kind)).toEqual(['phone'])
  })
})

describe('an e-mail that does not work yet', () => {
  it('is not restored by an undo: the slot is empty then', async () => {
    const [account, recoveries] = [await makeNewAccount(), [newEmail(), newPhone()] as const]
    for (const address of recoveries) await addRecovery(account, address)
    await replaceSlot(account, 'primary_email', newEmail())
    await stop(account)
    const secret = await begin(account)
    await verifyAddress(secret, 'unfreeze_first', 'recovery_email', recoveries[0])
    await verifyAddress(secret, 'unfreeze_second', 'recovery_phone', recoveries[1])
    expect(await findUnfreeze(secret, SEEN)).toMatchObject({
      disputed: [{ slot: 'primary_email', earlier: null }],
    })
    expect(await complete(secret, { primary_email: 'undo' })).toEqual(done())
    expect((await readProfile(account.userId)).primaries.map(({ kind }) => kind)).toEqual(['phone'])
  })

  it('counts from its registration on for the review, once it is confirmed', async () => {
    const account = await makeNewAccount()
    await forgetLimits()
    await expectDone(requestEmailConfirmation(callerOf(account, THEFT)))
    await expectDone(confirmPrimaryEmail(callerOf(account, THEFT), await newestCode(account.email)))
    await stop(account)
    expect(await findUnfreeze(await begin(account), SEEN)).toEqual({
      step: 'first',
      choices: ['primary_phone', 'primary_email'],
    })
  })

  it('is restored unconfirmed when it was one of a version before, unless somebody has it', async () => {
    const undo = async (meanwhile: (email: Account['email']) => Promise<unknown>) => {
      const account = await makeGuarded()
      await replaceSlot(account, 'primary_email', newEmail())
      await meanwhile(account.email)
      await stop(account)
      const secret = await verifiedUnfreeze(account)
      expect(await complete(secret, { primary_email: 'undo' })).toEqual(done())
      return (await slotsOf(account)).primary_email === account.email.value
    }
    expect(await undo(async () => undefined)).toBe(true)
    expect(await undo(async (email) => proveEmail(await makeAccount({ email })))).toBe(false)
  })
})
