import { describe, expect, it } from 'vitest'
import { db } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import { SAVED_CODE_ALPHABET, SAVED_CODE_SYMBOLS } from '@/lib/platform/saved-code-text'
import { onPool } from '@/lib/platform/sql'
import { readSavedCodeState } from '@/lib/recovery'
import {
  findFrozenCode,
  isShowable,
  sealMade,
  spendFrozenCode,
  spendLiveCode,
} from '@/lib/saved-codes'
import {
  atOnce,
  countOutcomes,
  DAY,
  expectDone,
  later,
  MINUTE,
  makeAccount,
  makeRecoverable,
  NOW,
  OTHER_PASSWORD,
} from '../support/accounts'
import { kindsTo, newestCode, wrongCode } from '../support/outbox'
import { leave } from './erasure-actions'
import { eventsOf, stop } from './freeze-actions'
import { complete, passedReset } from './reset-actions'
import { ask, confirm, makeCode, passed, rowsOf, show } from './saved-code-actions'

describe('a new saved code', () => {
  it('R71 has 65 bits, is stored as a hash, and is announced to every address', async () => {
    const account = await makeRecoverable()
    const code = await makeCode(account)
    expect(
      SAVED_CODE_SYMBOLS * Math.log2(new Set(SAVED_CODE_ALPHABET).size),
    ).toBeGreaterThanOrEqual(64)
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{5}$/)
    expect(JSON.stringify(await rowsOf(account))).not.toContain(code.replaceAll('-', ''))
    for (const address of [account.email, account.phone, account.recovery])
      expect((await kindsTo(address))[0]).toBe('notice.saved_code_made')
    expect(await readSavedCodeState(account.userId)).toEqual({ state: 'made', at: NOW })
  })

  it('needs the password and the code to the primary phone', async () => {
    const account = await makeRecoverable()
    expect(await ask(account, NOW, OTHER_PASSWORD)).toEqual(refuse('password_wrong'))
    expect(await confirm(account, '000000')).toEqual(refuse('challenge_gone'))
    await expectDone(ask(account))
    expect((await kindsTo(account.recovery))[0]).not.toBe('code.make_saved_code')
    const code = await newestCode(account.phone)
    expect(await confirm(account, wrongCode(code))).toMatchObject(refuse('code_wrong'))
    expect(await rowsOf(account)).toEqual([])
    expect(await confirm(account, code)).toMatchObject({ ok: true })
  })

  it('is shown once, and within 15 minutes', async () => {
    const account = await makeAccount()
    await expectDone(ask(account))
    const made = await expectDone(confirm(account, await newestCode(account.phone)))
    expect(await readSavedCodeState(account.userId)).toEqual({ state: 'unseen', at: NOW })
    const [last, late] = [later(15 * MINUTE - 1), later(15 * MINUTE)]
    const sealed = sealMade(made)
    expect(await show(made, late)).toBeUndefined()
    expect([await isShowable(sealed, last), await isShowable(sealed, late)]).toEqual([true, false])
    const shown = await atOnce(10, () => show(made, last))
    expect(shown.filter((one) => one !== undefined)).toHaveLength(1)
    expect(await isShowable(sealed, last)).toBe(false)
    expect(await isShowable(`${sealed}x`, last)).toBe(false)
    expect(await show({ ...made, id: 'altered' })).toBeUndefined()
  })

  it('replaces the one before, and ends a reset that has passed with it', async () => {
    const account = await makeAccount()
    const secret = await passed(account, await makeCode(account))
    await makeCode(account, later(MINUTE))
    expect(await complete(secret, OTHER_PASSWORD, later(2 * MINUTE))).toEqual(
      refuse('challenge_gone'),
    )
    expect(await rowsOf(account)).toMatchObject([
      { endedBy: 'replaced', usedAt: null },
      { endedBy: null, usedAt: null },
    ])
  })

  it('is made once by answers at the same moment, and an account has one that is live', async () => {
    const account = await makeAccount()
    await expectDone(ask(account))
    const code = await newestCode(account.phone)
    const outcomes = await atOnce(4, () => confirm(account, code))
    expect(countOutcomes(outcomes).done).toBe(1)
    const [row] = await rowsOf(account)
    const data = { ...(row ?? expect.unreachable()), id: crypto.randomUUID() }
    await expect(db().savedCode.create({ data })).rejects.toThrow()
  })

  it('is spent once by statements at the same moment, live or ended by a freeze', async () => {
    const account = await makeAccount()
    await makeCode(account)
    const [row] = await rowsOf(account)
    const { userId } = account
    const spend = { userId, codeHash: row?.codeHash ?? '', now: NOW }
    const spent = await atOnce(10, () => spendLiveCode(onPool, spend))
    expect(spent.filter(Boolean)).toHaveLength(1)
    await makeCode(account, later(MINUTE))
    await stop(account, later(MINUTE))
    const ended = await findFrozenCode(onPool, userId, later(MINUTE))
    const proven = await atOnce(10, () => spendFrozenCode(onPool, ended?.id ?? '', NOW))
    expect(proven.filter(Boolean)).toHaveLength(1)
  })

  it('is not offered while the account is restricted, about to be erased, or frozen', async () => {
    const [restricted, leaving, frozen] = await atOnce(3, () => makeAccount())
    if (!restricted || !leaving || !frozen) throw new Error('no account')
    await expectDone(complete(await passedReset(restricted)))
    expect(await ask(restricted, NOW, OTHER_PASSWORD)).toMatchObject(refuse('account_restricted'))
    await leave(leaving)
    expect(await ask(leaving)).toEqual(refuse('erasure_pending'))
    await expectDone(ask(frozen))
    const code = await newestCode(frozen.phone)
    await stop(frozen, NOW)
    expect(await confirm(frozen, code)).toEqual(refuse('challenge_gone'))
    expect(await ask(frozen)).toEqual(refuse('challenge_gone'))
  })
})

describe('a saved code ends', () => {
  it('by a reset with another code, of which every address is told', async () => {
    const account = await makeRecoverable()
    const code = await makeCode(account)
    await expectDone(complete(await passedReset(account)))
    expect((await kindsTo(account.recovery)).slice(0, 2).toSorted()).toEqual([
      'notice.password_reset',
      'notice.saved_code_ended',
    ])
    expect(await rowsOf(account)).toMatchObject([{ endedBy: 'reset', endedAt: NOW }])
    await expect(passed(account, code)).rejects.toThrow('code_wrong')
    expect(await readSavedCodeState(account.userId)).toEqual({ state: 'ended', at: NOW })
  })

  it('by a freeze, which tells it in the activity alone', async () => {
    const account = await makeRecoverable()
    await makeCode(account)
    await stop(account, later(DAY))
    expect((await kindsTo(account.recovery))[0]).toBe('notice.frozen')
    expect((await eventsOf(account)).slice(-2)).toEqual(['frozen', 'saved_code_ended'])
    expect(await rowsOf(account)).toMatchObject([{ endedBy: 'frozen', endedAt: later(DAY) }])
  })
})
