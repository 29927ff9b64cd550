import { describe, expect, it } from 'vitest'
import { readProfile } from '@/lib/accounts'
import { findSecureLink, verifyActivity } from '@/lib/activity'
import { type AnyAddress, findPrimary, maskAddress } from '@/lib/addresses'
import { confirmPrimaryEmail, findChange, requestEmailConfirmation } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { balanceOf } from '@/lib/points'
import {
  type Account,
  addRecovery,
  callerOf,
  expectDone,
  expectSession,
  makeAccount,
  makeNewAccount,
  NOW,
  newEmail,
  proveEmail,
} from '../support/accounts'
import { kindsTo, messagesTo, newestCode } from '../support/outbox'
import {
  change,
  codeToNewAddress,
  complete as completeChange,
  tryLogIn,
  valuesOf,
} from './change-actions'
import { begin, complete, eventsOf, newestLink, stop, verifyAddress } from './freeze-actions'
import { askForEmail, finishEmail, registered } from './registration-actions'

/** Confirms the e-mail of an account with a code, as its customer does in the profile. */
async function prove(account: Account) {
  await expectDone(requestEmailConfirmation(callerOf(account)))
  return confirmPrimaryEmail(callerOf(account), await newestCode(account.email))
}

/** An account that holds an e-mail unconfirmed, and a recovery address. */
async function makeHolder(make: typeof makeAccount) {
  const [account, recovery] = [await make(), newEmail()]
  await addRecovery(account, recovery)
  return { ...account, recovery }
}

const PROVERS: [string, (email: Account['email']) => Promise<{ userId: string }>][] = [
  [
    'a new account confirms at its registration',
    async (email) => {
      const account = await registered({ email })
      const { secret } = await expectDone(askForEmail(account))
      expect(await finishEmail(secret, await newestCode(email))).toEqual(done())
      return account
    },
  ],
  [
    'another account confirms in its profile',
    async (email) => {
      const account = await makeNewAccount({ email })
      expect(await prove(account)).toEqual(done())
      return account
    },
  ],
  [
    'another account makes its primary e-mail',
    async (email) => {
      const account = await makeAccount()
      await expectDone(change(account, { address: email }))
      return account
    },
  ],
]

describe.each(PROVERS)('an e-mail that %s', (_what, proveAs) => {
  it.each([
    ['a version before', makeAccount],
    ['this version', makeNewAccount],
  ])('leaves an account of %s, which keeps everything else and is told', async (_age, make) => {
    const holder = await makeHolder(make)
    const session = await expectSession(tryLogIn(holder.phone))
    const points = await balanceOf(holder.userId)
    const prover = await proveAs(holder.email)
    expect(await findPrimary(db(), holder.email)).toMatchObject({ userId: prover.userId })
    expect(await valuesOf(holder)).toEqual([
      ['primary', holder.phone.value],
      ['recovery', holder.recovery.value],
    ])
    expect(await tryLogIn(holder.phone)).toMatchObject({ ok: true })
    expect([await balanceOf(holder.userId), await balanceOf(prover.userId)]).toEqual([points, 0])
    const own = { userId: holder.userId, revokedAt: null, expiresAt: session.expiresAt }
    expect(await db().session.count({ where: own })).toBeGreaterThan(0)
    for (const to of [holder.phone, holder.recovery])
      expect(await kindsTo(to)).toContain('notice.email_lost')
    expect(await kindsTo(holder.email)).not.toContain('notice.email_lost')
    expect((await verifyActivity()).faults).toEqual([])
  })
})

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

describe('a confirmed e-mail', () => {
  const toldTo = async (to: AnyAddress) => (await messagesTo(to)).map(({ kind }) => kind)

  it('stays with its account: a right code in another one is answered with taken', async () => {
    const owner = await makeAccount()
    await proveEmail(owner)
    const rival = await makeNewAccount({ email: owner.email })
    expect(await prove(rival)).toEqual(refuse('taken'))
    expect(await findPrimary(db(), owner.email)).toMatchObject({ userId: owner.userId })
    expect(await toldTo(owner.phone)).toEqual(['notice.registered'])
    expect((await readProfile(rival.userId)).primaries).toMatchObject([
      { kind: 'email', confirmedAt: null, isUsable: false },
      { kind: 'phone' },
    ])
  })
})
