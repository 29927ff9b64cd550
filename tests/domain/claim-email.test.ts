import { describe, expect, it } from 'vitest'
import { readProfile } from '@/lib/accounts'
import { verifyActivity } from '@/lib/activity'
import { type AnyAddress, findPrimary } from '@/lib/addresses'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { balanceOf } from '@/lib/points'
import {
  type Account,
  expectDone,
  expectSession,
  makeAccount,
  makeNewAccount,
  proveEmail,
} from '../support/accounts'
import { kindsTo, messagesTo, newestCode } from '../support/outbox'
import { change, tryLogIn, valuesOf } from './change-actions'
import { makeHolder, prove } from './holder-actions'
import { askForEmail, finishEmail, registered } from './registration-actions'

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
    const lost = { userId: holder.userId, type: 'email_lost' } as const
    expect(await db().securityEvent.findMany({ where: lost })).toMatchObject([
      { ip: 'another-account', userAgent: '' },
    ])
    expect((await verifyActivity(new Date())).faults).toEqual([])
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
