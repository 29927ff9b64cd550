import { describe, expect, it } from 'vitest'
import { resendCode } from '@/lib/challenges'
import { done, refuse } from '@/lib/platform/result'
import { findUnfreeze, findUnfreezeCode } from '@/lib/recovery'
import { atOnce, countOutcomes, expectDone, later, MINUTE, newOrigin } from '../support/accounts'
import { newestCode, wrongCode } from '../support/outbox'
import { begin, choose, complete, frozenGuarded, pass, SEEN, verifyAddress } from './freeze-actions'

describe('the codes of an unfreeze', () => {
  it('go to two addresses, in order', async () => {
    const account = await frozenGuarded()
    const secret = await begin(account)
    await verifyAddress(secret, 'unfreeze_first', 'recovery_email', account.recoveryEmail)
    expect(await choose(secret, 'recovery_email')).toEqual(refuse('unfreeze_address_gone'))
    expect(await choose(secret, 'primary_email')).toEqual(refuse('unfreeze_address_gone'))
    expect(await complete(secret)).toEqual(refuse('unfreeze_gone'))
    expect(await pass(secret, 'unfreeze_second', '000000')).toEqual(refuse('challenge_gone'))
  })

  it('are replaced when another address is chosen', async () => {
    const account = await frozenGuarded()
    const secret = await begin(account)
    await expectDone(choose(secret, 'recovery_email'))
    const code = await newestCode(account.recoveryEmail)
    await expectDone(choose(secret, 'primary_phone'))
    expect(await pass(secret, 'unfreeze_first', code)).toMatchObject(refuse('code_wrong'))
    await expectDone(pass(secret, 'unfreeze_first', await newestCode(account.phone)))
  })

  it('are kept when the same address is chosen again within a minute', async () => {
    const account = await frozenGuarded()
    const secret = await begin(account)
    await expectDone(choose(secret, 'primary_phone'))
    const code = await newestCode(account.phone)
    await expectDone(choose(secret, 'primary_phone'))
    expect(await newestCode(account.phone)).toBe(code)
    await expectDone(pass(secret, 'unfreeze_first', code))
  })

  it('are resent, take five attempts, and end after 45 minutes', async () => {
    const account = await frozenGuarded()
    const secret = await begin(account)
    await expectDone(choose(secret, 'primary_phone'))
    const resent = later(MINUTE, SEEN)
    expect(await resendCode({ secret }, 'unfreeze_first', newOrigin(), resent)).toEqual(done())
    const code = await newestCode(account.phone)
    for (let index = 1; index < 5; index++)
      expect(await pass(secret, 'unfreeze_first', wrongCode(code, index), resent)).toMatchObject(
        refuse('code_wrong'),
      )
    expect(await pass(secret, 'unfreeze_first', wrongCode(code, 5), resent)).toEqual(
      refuse('code_exhausted'),
    )
    expect(await findUnfreezeCode(secret, resent)).toEqual({
      purpose: 'unfreeze_first',
      slot: 'primary_phone',
    })
    expect(await findUnfreeze(secret, later(45 * MINUTE, SEEN))).toBeNull()
    expect(await choose(secret, 'primary_phone', later(45 * MINUTE, SEEN))).toEqual(
      refuse('unfreeze_gone'),
    )
  })

  it('are limited for the account over all browsers', async () => {
    const account = await frozenGuarded()
    const secrets = [await begin(account), await begin(account)]
    const outcomes = await atOnce(12, (index) => choose(secrets[index % 2] ?? '', 'primary_phone'))
    expect(countOutcomes(outcomes)).toEqual({ done: 5, send_throttled: 7 })
  })
})
