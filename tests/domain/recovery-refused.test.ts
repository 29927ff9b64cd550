import { describe, expect, it } from 'vitest'
import type { AnyAddress } from '@/lib/addresses'
import { requestRecoveryAddress } from '@/lib/contacts'
import { done, refuse } from '@/lib/platform/result'
import {
  type Account,
  callerOf,
  email,
  forgetLimits,
  makeAccount,
  makeRecoverable,
  newEmail,
  newPhone,
  phone,
} from '../support/accounts'
import { kindsTo } from '../support/outbox'

const request = (account: Account, address: AnyAddress) =>
  requestRecoveryAddress(callerOf(account), address)

describe('R16 refused as a recovery address', () => {
  const owner = () =>
    makeAccount({ email: email('dewi.lestari@gmail.com'), phone: phone('081234567890') })

  it('is a primary in every notation and under every name of its mailbox', async () => {
    const account = await owner()
    const emails = [
      'Dewi.Lestari@GMAIL.com',
      'dewilestari@gmail.com',
      'd.e.w.i.lestari+toko@googlemail.com',
    ]
    const phones = [
      '081234567890',
      '6281234567890',
      '+62 (0)812-3456-7890',
      '0812 3456 7890',
      '０８１２３４５６７８９０',
    ]
    for (const address of [...emails.map(email), ...phones.map(phone)])
      expect(await request(account, address)).toEqual(refuse('same_as_primary'))
    expect(await kindsTo(account.phone)).toEqual(['notice.registered'])
  })

  it('is a primary on a domain beyond ASCII, in punycode', async () => {
    const account = await makeAccount({ email: email('dewi@bücher.example') })
    expect(await request(account, email('DEWI+shop@xn--bcher-kva.example'))).toEqual(
      refuse('same_as_primary'),
    )
  })

  it('is a second one of a confirmed kind, including the same address', async () => {
    const account = await makeRecoverable(email('kakak.dewi@gmail.com'))
    for (const address of [newEmail(), email('kakakdewi+1@gmail.com')])
      expect(await request(account, address)).toEqual(refuse('already_held'))
    await forgetLimits()
    expect(await request(account, newPhone())).toEqual(done())
  })
})
