import { describe, expect, it } from 'vitest'
import type { AnyAddress } from '@/lib/addresses'
import { freezeOwnAccount } from '@/lib/recovery'
import {
  type Account,
  makeAccount,
  makeRecoverable,
  NOW,
  newOrigin,
  proveEmail,
} from '../support/accounts'
import { messagesTo } from '../support/outbox'

/** The names in the notices to an address, newest first; undefined where there is none. */
const namesTo = async (address: AnyAddress) =>
  (await messagesTo(address)).flatMap(({ content }) =>
    content.kind === 'notice' ? [content.name] : [],
  )

const freeze = ({ userId }: Account) => freezeOwnAccount(userId, newOrigin(), NOW)

describe('the name of the customer', () => {
  it('is in a notice to a confirmed e-mail, and in no SMS', async () => {
    const account = await makeRecoverable()
    await proveEmail(account)
    await freeze(account)
    expect((await namesTo(account.email))[0]).toBe(account.name)
    expect((await namesTo(account.recovery))[0]).toBe(account.name)
    expect((await namesTo(account.phone)).length).toBeGreaterThan(0)
    expect(new Set(await namesTo(account.phone))).toEqual(new Set([undefined]))
  })

  it('is in no notice to an unconfirmed e-mail, which may be that of a stranger', async () => {
    const account = await makeAccount()
    await freeze(account)
    expect(new Set(await namesTo(account.email))).toEqual(new Set([undefined]))
  })
})
