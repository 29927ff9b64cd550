import { beforeEach, describe, expect, it } from 'vitest'
import { type AnyAddress, blindIndexOf } from '@/lib/addresses'
import { consumeRecipientLimit } from '@/lib/platform/rate-limits'
import { passReset, type ResetChoice } from '@/lib/recovery'
import {
  addRecovery,
  atOnce,
  expectDone,
  forgetLimits,
  makeRecoverable,
  NOW,
  newOrigin,
  newPhone,
  proveEmail,
} from '../support/accounts'
import { messagesTo, newestCode } from '../support/outbox'
import { start } from './reset-actions'

beforeEach(() => forgetLimits())

/** An account with four confirmed addresses, by their names. */
async function guarded() {
  const [account, recoveryPhone] = [await makeRecoverable(), newPhone()]
  await addRecovery(account, recoveryPhone)
  await proveEmail(account)
  const { email, phone, recovery } = account
  return { account, addresses: { email, phone, recovery, recoveryPhone } }
}

type Addresses = Awaited<ReturnType<typeof guarded>>['addresses']

/** The names of the addresses that have received the code of a reset. */
async function recipients(addresses: Addresses) {
  const received = async (to: AnyAddress) =>
    (await messagesTo(to)).some(({ kind }) => kind === 'code.reset_password')
  const names: string[] = []
  for (const [name, address] of Object.entries(addresses))
    if (await received(address)) names.push(name)
  return names
}

/** Strangers use up the ten codes that an address receives a day. */
const useUp = (address: AnyAddress) =>
  atOnce(10, () => consumeRecipientLimit(blindIndexOf(address)))

describe('of four confirmed addresses, the code of a reset', () => {
  it.each<[ResetChoice, string[]]>([
    ['primary_phone', ['phone']],
    ['recovery', ['recovery', 'recoveryPhone']],
  ])('for %s goes to %j alone', async (choice, expected) => {
    const { account, addresses } = await guarded()
    await expectDone(start(account.email, choice))
    expect(await recipients(addresses)).toEqual(expected)
  })

  it('R25 does not go to the one that has had its codes of the day, and is right at the other', async () => {
    const { account, addresses } = await guarded()
    await useUp(addresses.recovery)
    const { secret } = await expectDone(start(account.email, 'recovery'))
    expect(await recipients(addresses)).toEqual(['recoveryPhone'])
    const code = await newestCode(addresses.recoveryPhone)
    expect(await passReset(secret, code, newOrigin(), NOW)).toMatchObject({ ok: true })
  })
})
