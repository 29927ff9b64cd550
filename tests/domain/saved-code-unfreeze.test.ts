import { describe, expect, it } from 'vitest'
import { refuse } from '@/lib/platform/result'
import { findUnfreeze, readFreezeOutlook } from '@/lib/recovery'
import {
  countOutcomes,
  DAY,
  expectDone,
  HOUR,
  later,
  makeAccount,
  NOW,
  OTHER_PASSWORD,
} from '../support/accounts'
import { kindsTo, newestCode } from '../support/outbox'
import {
  begin,
  choose,
  complete,
  makeGuarded,
  pass,
  SEEN,
  stop,
  THEFT,
  userOf,
  verifyAddress,
} from './freeze-actions'
import { ask, confirm, makeCode, rowsOf, show, wrong } from './saved-code-actions'

const WEEK = 7 * DAY

/** Proves the phone and the saved code of a frozen account. */
async function prove(account: Awaited<ReturnType<typeof makeAccount>>, code: string) {
  const secret = await begin(account)
  await verifyAddress(secret, 'unfreeze_first', 'primary_phone', account.phone)
  await expectDone(choose(secret, 'saved_code'))
  await expectDone(pass(secret, 'unfreeze_second', code))
  return secret
}

describe('the saved code that a freeze ended', () => {
  it('is one of the two proofs, once, and is replaced', async () => {
    const account = await makeAccount()
    const code = await makeCode(account)
    expect(await readFreezeOutlook(account.userId, SEEN)).toMatchObject({ opensAlone: true })
    await stop(account)
    const secret = await prove(account, code)
    const made = await expectDone(complete(secret))
    expect((await userOf(account)).frozenAt).toBeNull()
    expect(await show(made, SEEN)).toMatch(/-/)
    expect(await rowsOf(account)).toMatchObject([{ usedAt: SEEN, endedBy: 'frozen' }, {}])
    expect((await kindsTo(account.phone)).slice(0, 2).toSorted()).toEqual([
      'notice.saved_code_used',
      'notice.unfrozen',
    ])
  })

  it('is spent in one of two browsers', async () => {
    const account = await makeAccount()
    const code = await makeCode(account)
    await stop(account)
    const secrets = [await prove(account, code), await prove(account, code)]
    const outcomes = await Promise.all(secrets.map((secret) => complete(secret)))
    expect(countOutcomes(outcomes)).toEqual({ done: 1, unfreeze_gone: 1 })
    expect(await rowsOf(account)).toHaveLength(2)
  })

  it('is offered beside the addresses, refused when it is wrong, and proves nothing twice', async () => {
    const account = await makeGuarded()
    const code = await makeCode(account)
    await stop(account)
    const secret = await begin(account)
    expect(await findUnfreeze(secret, SEEN)).toMatchObject({
      choices: ['primary_phone', 'recovery_phone', 'recovery_email', 'saved_code'],
    })
    await expectDone(choose(secret, 'saved_code'))
    expect(await pass(secret, 'unfreeze_first', wrong(code))).toMatchObject(refuse('code_wrong'))
    await expectDone(pass(secret, 'unfreeze_first', code))
    expect(await findUnfreeze(secret, SEEN)).toMatchObject({ step: 'second' })
    expect(await choose(secret, 'saved_code')).toEqual(refuse('unfreeze_address_gone'))
    expect(await complete(secret)).toEqual(refuse('unfreeze_gone'))
  })

  it.each([
    ['seven days before', 0, true],
    ['less than seven days before', 1, false],
  ])('%s is a proof or not', async (_, seconds, isProof) => {
    const account = await makeAccount()
    await makeCode(account, later(seconds - WEEK, SEEN))
    const outlook = { opensAlone: isProof }
    expect(await readFreezeOutlook(account.userId, SEEN)).toMatchObject(outlook)
    await stop(account)
    expect(await readFreezeOutlook(account.userId, SEEN)).toMatchObject(outlook)
    const secret = await begin(account)
    expect(await choose(secret, 'saved_code')).toMatchObject({ ok: isProof })
  })

  it('of a thief, who replaced that of the owner, is no proof, and neither is the former one', async () => {
    const account = await makeGuarded()
    const own = await makeCode(account)
    const stolen = await makeCode(account, THEFT)
    await stop(account)
    const secret = await begin(account)
    expect(await choose(secret, 'saved_code')).toEqual(refuse('unfreeze_address_gone'))
    for (const code of [own, stolen])
      expect(await pass(secret, 'unfreeze_first', code)).toEqual(refuse('challenge_gone'))
  })

  it('that was never shown is no proof', async () => {
    const account = await makeAccount()
    await expectDone(ask(account))
    await expectDone(confirm(account, await newestCode(account.phone)))
    expect(await readFreezeOutlook(account.userId, SEEN)).toMatchObject({ opensAlone: false })
  })

  it('proves nothing at a later freeze', async () => {
    const account = await makeGuarded()
    await makeCode(account)
    await stop(account, NOW)
    const secret = await begin(account, NOW)
    await verifyAddress(secret, 'unfreeze_first', 'recovery_email', account.recoveryEmail, NOW)
    await verifyAddress(secret, 'unfreeze_second', 'recovery_phone', account.recoveryPhone, NOW)
    await expectDone(complete(secret, {}, OTHER_PASSWORD, NOW))
    await stop(account, later(HOUR))
    const again = await begin(account, later(HOUR))
    expect(await choose(again, 'saved_code', later(HOUR))).toEqual(refuse('unfreeze_address_gone'))
  })
})
