import { randomUUID } from 'node:crypto'
import { type HeldAddress, isProof, listAddresses, maskAddress } from '@/lib/addresses'
import { nameFor, sendMessages } from '@/lib/messaging'
import { hashingKeyId, keyedHash, keyedHashes } from '@/lib/platform/crypto'
import { lockUser, type Tx, transaction } from '@/lib/platform/db'
import { parseLocale } from '@/lib/platform/locale'
import { done, type Result, refuse } from '@/lib/platform/result'
import { newSpoken, SPOKEN_LETTERS } from '@/lib/platform/spoken'
import { recordStaffEvent } from '@/lib/staff-log'
import type { CallerWord } from '@/prisma/client/client'
import type { CallerWordKind } from '@/prisma/client/enums'
import { type CaseRefusal, lockCase } from './cases'
import { DAY_MS, WORD_LIFETIME_MS, WORDS_A_DAY } from './limits'
import type { StaffMember } from './staff'

/** How many letters a word has: its length tells where the caller has it from. */
export const LETTERS: Record<CallerWordKind, number> = { sent: 8, shown: 6 }

const WORD = 'caller.word'

export type SendWordRefusal = CaseRefusal | 'address_unknown' | 'words_used_up'

/**
 * Sends a word of eight letters, valid for five minutes, to a confirmed address of the account that is
 * not recycled, for a caller to read out. It replaces an earlier one that was sent in the case. The
 * word, the message and the row of the log of staff commit together. Refused: `not_permitted`,
 * `case_unknown`, `case_closed`; `address_unknown` for any other address; `words_used_up` after five to
 * the account in a day.
 */
export async function sendWord(
  staff: StaffMember,
  { caseNumber, addressId }: { caseNumber: string; addressId: string },
  now: Date,
): Promise<Result<{ mask: string; expiresAt: Date }, SendWordRefusal>> {
  return transaction(async (tx) => {
    const locked = await lockCase(tx, staff, caseNumber)
    if (!locked.ok) return locked
    const { id: caseId, userId } = locked.value
    const held = (await listAddresses(tx, userId)).find(({ id }) => id === addressId)
    if (!held || !isProof(held)) return refuse('address_unknown')
    const since = new Date(now.getTime() - DAY_MS)
    // Another case of the account has no further words: its owner gets them all.
    const sent = { userId, kind: 'sent', createdAt: { gt: since } } as const
    if ((await tx.callerWord.count({ where: sent })) >= WORDS_A_DAY) return refuse('words_used_up')
    await endWords(tx, { caseId, kind: 'sent' }, now)
    const { row, word } = newWord({ userId, kind: 'sent', caseId, addressId, staff, now })
    await tx.callerWord.create({ data: row })
    await send(tx, held, { row, word, caseNumber: locked.value.number })
    const { staffId } = staff
    const detail = { wordId: row.id, addressId }
    await recordStaffEvent(tx, { type: 'word_sent', staffId, caseId, userId, detail, now })
    return done({ mask: maskAddress(held.address), expiresAt: row.expiresAt })
  })
}

/**
 * Makes the word of six letters, valid for five minutes, that a signed-in customer reads out to customer
 * care. It replaces an earlier one. Only the caller of this function ever has the word; its hash is
 * stored. Refused: `account_frozen`.
 */
export async function showWord(
  userId: string,
  now: Date,
): Promise<Result<{ word: string; expiresAt: Date }, 'account_frozen'>> {
  return transaction(async (tx) => {
    if ((await lockUser(tx, userId)).isFrozen) return refuse('account_frozen')
    await tx.callerWord.deleteMany({ where: { userId, kind: 'shown', passedAt: null } })
    const { row, word } = newWord({ userId, kind: 'shown', now })
    await tx.callerWord.create({ data: row })
    return done({ word, expiresAt: row.expiresAt })
  })
}

/** Whether a text is the word of a row. */
export const isWordOf = ({ id, wordHash }: CallerWord, letters: string): boolean =>
  keyedHashes(textOf(id, letters), WORD).includes(wordHash)

type NewWord = {
  userId: string
  kind: CallerWordKind
  caseId?: string
  addressId?: string
  staff?: StaffMember
  now: Date
}

function newWord({ userId, kind, caseId, addressId, staff, now }: NewWord) {
  const id = randomUUID()
  const word = newSpoken(SPOKEN_LETTERS, LETTERS[kind])
  const row = {
    id,
    userId,
    kind,
    caseId: caseId ?? null,
    addressId: addressId ?? null,
    wordHash: keyedHash(textOf(id, word), WORD),
    keyId: hashingKeyId(),
    createdById: staff?.staffId ?? null,
    createdAt: now,
    expiresAt: new Date(now.getTime() + WORD_LIFETIME_MS),
  }
  return { row, word }
}

const textOf = (id: string, word: string) => JSON.stringify([id, word])

/** Ends the words that a newer one replaces. */
async function endWords(tx: Tx, which: { caseId: string; kind: CallerWordKind }, now: Date) {
  await tx.callerWord.updateMany({
    where: { ...which, passedAt: null, expiresAt: { gt: now } },
    data: { expiresAt: now },
  })
}

type Sent = { row: ReturnType<typeof newWord>['row']; word: string; caseNumber: string }

/** The message has the id of the word, by which the case finds whether it arrived. */
async function send(tx: Tx, held: HeldAddress, { row, word, caseNumber }: Sent) {
  const { id, userId, createdAt: now, expiresAt } = row
  const { locale, name } = await lockUser(tx, userId)
  const content = {
    kind: 'caller_word',
    word,
    caseNumber,
    lifetimeSeconds: WORD_LIFETIME_MS / 1_000,
    ...nameFor(held, name),
  } as const
  const channel = held.address.kind === 'email' ? 'email' : 'sms'
  const message = { id, to: held.address, channel, content, locale: parseLocale(locale) } as const
  await sendMessages(tx, [{ ...message, userId, expiresAt }], now)
}
