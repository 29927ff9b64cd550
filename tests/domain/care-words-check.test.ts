import { describe, expect, it } from 'vitest'
import { maskAddress } from '@/lib/addresses'
import { done, refuse } from '@/lib/platform/result'
import { atOnce, countOutcomes, expectDone, later, MINUTE } from '../support/accounts'
import { breakInserts } from '../support/gate'
import { newestWord } from './care-actions'
import { answersIn, begin, check, send, wordRows } from './care-word-actions'

describe('a word that is sent', () => {
  it('passes once, whatever its case and spaces, for 30 minutes', async () => {
    const begun = await begin()
    const { account } = begun
    await expectDone(send(begun, 'recovery_email'))
    const word = await newestWord(account.recoveryEmail)
    const typed = ` ${word.slice(0, 4).toLowerCase()} - ${word.slice(4)} `
    const now = later(5 * MINUTE - 1)
    expect(await check(begun, typed, now)).toEqual(
      done({
        mask: maskAddress(account.recoveryEmail),
        countsUntil: later(30 * MINUTE, now),
      }),
    )
    expect(await check(begun, typed, now)).toEqual(refuse('word_missing'))
    const [row] = await wordRows(account)
    expect([row?.passedAt, row?.attempts]).toEqual([now, 1])
    expect(await answersIn(account)).toEqual([
      { outcome: 'right', wordId: row?.id },
      { outcome: 'word_missing' },
    ])
  })

  it('has three answers, and is expired after five minutes', async () => {
    const begun = await begin()
    const { account } = begun
    await expectDone(send(begun, 'primary_phone'))
    const word = await newestWord(account.phone)
    expect(await check(begun, word, later(5 * MINUTE))).toEqual(refuse('word_expired'))
    await expectDone(send(begun, 'primary_phone', later(MINUTE)))
    const now = later(2 * MINUTE)
    for (const attemptsLeft of [2, 1, 0])
      expect(await check(begun, 'BBBBBBBB', now)).toEqual({
        ...refuse('word_wrong'),
        attemptsLeft,
      })
    expect(await check(begun, await newestWord(account.phone), now)).toEqual(
      refuse('word_exhausted'),
    )
    expect((await answersIn(account)).length).toBe(5)
  })

  it('is replaced by the next one, to whatever address', async () => {
    const begun = await begin()
    const { account } = begun
    await expectDone(send(begun, 'primary_phone'))
    const former = await newestWord(account.phone)
    await expectDone(send(begun, 'recovery_email'))
    expect(await check(begun, former)).toEqual({ ...refuse('word_wrong'), attemptsLeft: 2 })
    expect(await check(begun, await newestWord(account.recoveryEmail))).toMatchObject({ ok: true })
  })

  it('of one case does not pass in another', async () => {
    const [one, other] = [await begin(), await begin()]
    await expectDone(send(one, 'primary_phone'))
    const word = await newestWord(one.account.phone)
    expect(await check(other, word)).toEqual(refuse('word_missing'))
    await expectDone(send(other, 'primary_phone'))
    expect(await check(other, word)).toMatchObject({ refusal: 'word_wrong' })
  })

  it('is never six digits, which are refused, recorded and not counted', async () => {
    const begun = await begin()
    await expectDone(send(begun, 'primary_phone'))
    for (const typed of ['123456', ' 123 456 ', '12-34-56', 'kode 123456', '1 2 3 4 5 6'])
      expect(await check(begun, typed)).toEqual(refuse('looks_like_code'))
    const [row] = await wordRows(begun.account)
    expect(row?.attempts).toBe(0)
    const answers = await answersIn(begun.account)
    expect(answers).toEqual(Array(5).fill({ outcome: 'looks_like_code' }))
  })

  it('counts three of many answers at the same moment', async () => {
    const begun = await begin()
    await expectDone(send(begun, 'primary_phone'))
    const outcomes = await atOnce(20, () => check(begun, 'BBBBBBBB'))
    expect(countOutcomes(outcomes)).toEqual({ word_wrong: 3, word_exhausted: 17 })
  })

  it('passes once of many right answers at the same moment', async () => {
    const begun = await begin()
    await expectDone(send(begun, 'primary_phone'))
    const word = await newestWord(begun.account.phone)
    const outcomes = countOutcomes(await atOnce(10, () => check(begun, word)))
    expect(outcomes.done).toBe(1)
  })

  it('keeps a counted answer when the log of staff cannot be written', async () => {
    const begun = await begin()
    await expectDone(send(begun, 'primary_phone'))
    const word = await newestWord(begun.account.phone)
    const mend = await breakInserts('StaffEvent')
    await expect(check(begun, word)).rejects.toThrow('inserts into StaffEvent fail')
    await mend()
    const [row] = await wordRows(begun.account)
    expect([row?.attempts, row?.passedAt]).toEqual([1, null])
  })
})
