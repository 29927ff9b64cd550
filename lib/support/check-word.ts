import { listAddressHistory, maskAddress } from '@/lib/addresses'
import { db, type Tx, transaction } from '@/lib/platform/db'
import { done, type Refused, type Result, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import { heard } from '@/lib/platform/spoken'
import { recordStaffEvent } from '@/lib/staff-log'
import type { CallerWord, Case } from '@/prisma/client/client'
import { type CaseRefusal, lockCase } from './cases'
import { PROOF_MS, WORD_ATTEMPTS } from './limits'
import type { StaffMember } from './staff'
import { isWordOf, LETTERS } from './words'

export type CheckWordRefusal =
  | CaseRefusal
  | 'looks_like_code'
  | 'word_wrong'
  | 'word_expired'
  | 'word_exhausted'
  | 'word_missing'

/** Six digits, whatever stands between them. */
const CODE = /^\D*(?:\d\D*){6}$/

/**
 * Checks the word that a caller reads out, without regard to case and spaces: the newest one that was
 * sent in the case, or the one of the signed-in customer, as its length says. An answer is counted before
 * it is compared, and three are. A right one passes the word once, for 30 minutes, and grants nothing by
 * itself. Every answer is a row of the log of staff, without the word. Returns the mask of the address
 * where the word was sent, null for that of a signed-in customer, and until when it counts.
 *
 * Refused: `not_permitted`, `case_unknown`, `case_closed`; `looks_like_code` for six digits, which nobody
 * may read out, and which are not counted; `word_missing` when there is none, or it was passed;
 * `word_expired`; `word_exhausted`; `word_wrong` with `attemptsLeft`.
 */
export async function checkWord(
  staff: StaffMember,
  { caseNumber, typed }: { caseNumber: string; typed: string },
  now: Date,
): Promise<Result<{ mask: string | null; countsUntil: Date }, CheckWordRefusal>> {
  const asked = await transaction((tx) => findAsked(tx, staff, { caseNumber, typed, now }))
  if (!asked.ok) return asked
  const word = await countAnswer(asked.value.word, now)
  const isRight = word.ok && isWordOf(word.value, heard(typed))
  return transaction(async (tx) => {
    const locked = await lockCase(tx, staff, caseNumber)
    if (!locked.ok) return locked
    const outcome = isRight ? await pass(tx, locked.value, word.value, now) : refusalOf(word)
    const said = outcome.ok ? 'right' : outcome.refusal
    await record(tx, staff, locked.value, { said, wordId: asked.value.word.id, now })
    return outcome
  })
}

type Typed = { caseNumber: string; typed: string; now: Date }

async function findAsked(
  tx: Tx,
  staff: StaffMember,
  { caseNumber, typed, now }: Typed,
): Promise<Result<{ word: CallerWord }, CaseRefusal | 'looks_like_code' | 'word_missing'>> {
  const locked = await lockCase(tx, staff, caseNumber)
  if (!locked.ok) return locked
  const isCode = CODE.test(typed)
  const word = isCode ? null : await findWord(tx, locked.value, heard(typed).length)
  if (word && !word.passedAt) return done({ word })
  const said = isCode ? 'looks_like_code' : 'word_missing'
  if (isCode) logSecurity('input_validation_fail', { subject: 'caller_word', reason: said })
  await record(tx, staff, locked.value, { said, now })
  return refuse(said)
}

/** The newest word of the kind that has so many letters; of the other kind when there is none. */
async function findWord(tx: Tx, { id: caseId, userId }: Case, letters: number) {
  // The one that was replaced ended when the newer one began.
  const newest = { orderBy: { expiresAt: 'desc' } } as const
  const sent = await tx.callerWord.findFirst({ where: { caseId, kind: 'sent' }, ...newest })
  const shown = await tx.callerWord.findFirst({ where: { userId, kind: 'shown' }, ...newest })
  return letters === LETTERS.shown ? (shown ?? sent) : (sent ?? shown)
}

/** Of many answers at the same moment, three are counted. The count stays, whatever follows. */
async function countAnswer(
  { id }: CallerWord,
  now: Date,
): Promise<Result<CallerWord, 'word_missing' | 'word_expired' | 'word_exhausted'>> {
  const open = { id, passedAt: null, attempts: { lt: WORD_ATTEMPTS }, expiresAt: { gt: now } }
  const [counted] = await db().callerWord.updateManyAndReturn({
    where: open,
    data: { attempts: { increment: 1 } },
  })
  if (counted) return done(counted)
  const word = await db().callerWord.findUnique({ where: { id } })
  if (!word || word.passedAt) return refuse('word_missing')
  return refuse(word.expiresAt <= now ? 'word_expired' : 'word_exhausted')
}

type Counted = Awaited<ReturnType<typeof countAnswer>>

function refusalOf(counted: Counted): Refused<CheckWordRefusal> {
  if (!counted.ok) return counted
  return { ...refuse('word_wrong'), attemptsLeft: WORD_ATTEMPTS - counted.value.attempts }
}

/** Of two right answers at the same moment, one passes. */
async function pass(
  tx: Tx,
  { id: caseId, userId }: Case,
  { id, addressId }: CallerWord,
  now: Date,
): Promise<Result<{ mask: string | null; countsUntil: Date }, 'word_missing'>> {
  const { count } = await tx.callerWord.updateMany({
    where: { id, passedAt: null },
    data: { passedAt: now, caseId },
  })
  if (count === 0) return refuse('word_missing')
  const held = (await listAddressHistory(tx, userId)).find((one) => one.id === addressId)
  const mask = held ? maskAddress(held.address) : null
  return done({ mask, countsUntil: new Date(now.getTime() + PROOF_MS) })
}

type Answer = { said: string; wordId?: string; now: Date }

const record = (
  tx: Tx,
  { staffId }: StaffMember,
  { id: caseId, userId }: Case,
  { said, wordId, now }: Answer,
) =>
  recordStaffEvent(tx, {
    type: 'word_checked',
    staffId,
    caseId,
    userId,
    detail: { outcome: said, ...(wordId && { wordId }) },
    now,
  })
