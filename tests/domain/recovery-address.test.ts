import { describe, expect, it } from 'vitest'
import { readProfile } from '@/lib/accounts'
import type { AnyAddress } from '@/lib/addresses'
import {
  authoriseRecoveryAddress,
  confirmRecoveryAddress,
  findOpenStep,
  findRequested,
  removeRecoveryAddress,
  requestRecoveryAddress,
  requestRemoval,
} from '@/lib/contacts'
import { done, refuse } from '@/lib/platform/result'
import {
  type Account,
  addRecoveriesWithCodes,
  addRecovery,
  callerOf,
  email,
  expectDone,
  later,
  MINUTE,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newPhone,
  saveRecovery,
} from '../support/accounts'
import { kindsTo, newestCode, wrongCode } from '../support/outbox'

addRecoveriesWithCodes()

const request = (account: Account, address: AnyAddress, now = NOW) =>
  requestRecoveryAddress(callerOf(account, now), address)
const authorise = (account: Account, code: string, now = NOW) =>
  authoriseRecoveryAddress(callerOf(account, now), code)
const confirm = (account: Account, code: string, now = NOW) =>
  confirmRecoveryAddress(callerOf(account, now), code)
const recoveriesOf = async ({ userId }: Account) => (await readProfile(userId)).recoveries

describe('a recovery address', () => {
  it.each([
    ['e-mail', newEmail],
    ['mobile number', newPhone],
  ])(
    '(%s) is saved with the code to the primary phone and confirmed with its own',
    async (_kind, newAddress) => {
      const [account, address] = [await makeAccount(), newAddress()]
      await expectDone(request(account, address))
      expect(await recoveriesOf(account)).toEqual([])
      expect(await authorise(account, await newestCode(account.phone))).toEqual(done(address.kind))
      expect(await recoveriesOf(account)).toMatchObject([{ kind: address.kind, confirmedAt: null }])
      expect(await confirm(account, await newestCode(address), later(60))).toEqual(done(1_000))
      expect(await recoveriesOf(account)).toMatchObject([
        { kind: address.kind, addedAt: NOW, confirmedAt: later(60) },
      ])
    },
  )

  it('R58 receives nothing before the code to the primary phone is right', async () => {
    const [account, address] = [await makeAccount(), newEmail()]
    await expectDone(request(account, address))
    const wrong = wrongCode(await newestCode(account.phone))
    expect(await authorise(account, wrong)).toMatchObject(refuse('code_wrong'))
    expect([await kindsTo(address), await recoveriesOf(account)]).toEqual([[], []])
  })

  it('R06 is not saved with its own code, nor confirmed with the code to the primary phone', async () => {
    const [account, address] = [await makeAccount(), newPhone()]
    await expectDone(request(account, address))
    const saving = await newestCode(account.phone)
    await expectDone(authorise(account, saving))
    const confirming = await newestCode(address)
    if (saving !== confirming)
      expect(await confirm(account, saving)).toMatchObject(refuse('code_wrong'))
    expect(await authorise(account, confirming)).toEqual(refuse('challenge_gone'))
  })

  it('R15 can be one e-mail and one number at the same time', async () => {
    const account = await makeAccount()
    await addRecovery(account, newEmail())
    await addRecovery(account, newPhone())
    expect((await recoveriesOf(account)).map(({ kind }) => kind).sort()).toEqual(['email', 'phone'])
  })

  it('R67 can be the same for two accounts, and be the primary of a third', async () => {
    const [one, other, third] = [await makeAccount(), await makeAccount(), await makeAccount()]
    for (const account of [one, other])
      expect(await addRecovery(account, third.phone)).toBe(account === one ? 1_000 : 0)
  })

  it('R39 notifies the primaries when it is saved, and also itself when it is confirmed', async () => {
    const account = await makeRecoverable()
    const notices = async (address: AnyAddress) =>
      (await kindsTo(address)).filter((kind) => kind.startsWith('notice.'))
    const ofPrimary = ['notice.recovery_confirmed', 'notice.recovery_added', 'notice.registered']
    expect([await notices(account.email), await notices(account.phone)]).toEqual([
      ofPrimary,
      ofPrimary,
    ])
    expect(await notices(account.recovery)).toEqual(['notice.recovery_confirmed'])
  })
})

describe('the wizard', () => {
  it('resumes at its step, with the typed address before it is saved and the masked one afterwards', async () => {
    const [account, address] = [await makeAccount(), email('Ratih@Example.com')]
    expect(await findRequested(account.userId, NOW)).toBeNull()
    await expectDone(request(account, address))
    expect(await findRequested(account.userId, later(MINUTE))).toMatchObject({
      kind: 'email',
      address: 'Ratih@example.com',
    })
    await expectDone(authorise(account, await newestCode(account.phone)))
    expect(await findRequested(account.userId, NOW)).toBeNull()
    const step = await findOpenStep(account.userId, 'confirm_recovery', 'email', later(MINUTE))
    expect(step).toMatchObject({
      kind: 'email',
      address: 'R•••@example.com',
      view: { isPassed: false },
    })
    await expectDone(confirm(account, await newestCode(address)))
    expect(await findOpenStep(account.userId, 'confirm_recovery', 'email', NOW)).toBeNull()
  })

  it('accepts another address instead, and then only its code', async () => {
    const [account, meant] = [await makeAccount(), newEmail()]
    await expectDone(request(account, newEmail()))
    const first = await newestCode(account.phone)
    await expectDone(request(account, meant))
    const second = await newestCode(account.phone)
    if (first !== second) expect(await authorise(account, first)).toEqual(refuse('code_superseded'))
    await expectDone(authorise(account, second))
    expect(await kindsTo(meant)).toEqual(['code.confirm_recovery'])
  })

  it('sends no second code when the same address is saved twice within a minute', async () => {
    const [account, address] = [await makeAccount(), newEmail()]
    await expectDone(request(account, address))
    await expectDone(request(account, address, later(59)))
    expect(
      (await kindsTo(account.phone)).filter((kind) => kind === 'code.authorise_recovery'),
    ).toHaveLength(1)
    await expectDone(request(account, address, later(60)))
    expect(
      (await kindsTo(account.phone)).filter((kind) => kind === 'code.authorise_recovery'),
    ).toHaveLength(2)
  })

  it('replaces an unconfirmed address, which can no longer be confirmed, and closes no other code', async () => {
    const [account, typo, meant] = [
      await makeAccount(),
      email('ratih@gmial.com'),
      email('ratih@gmail.com'),
    ]
    await addRecovery(account, newPhone())
    await expectDone(requestRemoval(callerOf(account), 'phone'))
    const removing = await newestCode(account.phone)
    await saveRecovery(account, typo)
    const stale = await newestCode(typo)
    await saveRecovery(account, meant)
    const saved = (await recoveriesOf(account)).filter(({ kind }) => kind === 'email')
    expect(saved).toMatchObject([{ mask: 'r•••@gmail.com' }])
    if (stale !== (await newestCode(meant))) expect((await confirm(account, stale)).ok).toBe(false)
    expect(await confirm(account, await newestCode(meant))).toEqual(done(0))
    expect(await removeRecoveryAddress(callerOf(account), removing)).toEqual(done())
  })
})
