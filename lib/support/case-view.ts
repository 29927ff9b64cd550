import { maskAddress } from '@/lib/addresses'
import { db, transaction } from '@/lib/platform/db'
import { done, type Result } from '@/lib/platform/result'
import { readSavedCodeState } from '@/lib/recovery'
import type { Case } from '@/prisma/client/client'
import type { CaseView } from './case-types'
import { type CaseRefusal, lockCase, recordView } from './cases'
import { listVetoes } from './proof'
import type { StaffMember } from './staff'
import { judgeStuck } from './stuck'
import { readStanding, readWays } from './view-account'
import { readActions, readMasks, readWords } from './view-case'
import { readEvents, readMessages } from './view-events'
import { readLimits } from './view-limits'

/**
 * Reads an open case for its page, and records that staff see the account: a row in the log of staff and
 * an event that its owner sees, unless the same person looked it up or read it within 15 minutes. All
 * addresses are masks. Refused: `not_permitted` to staff who see no account, `case_unknown`,
 * `case_closed` (a look-up opens another one).
 */
export async function readCase(
  staff: StaffMember,
  number: string,
  now: Date,
): Promise<Result<CaseView, CaseRefusal>> {
  const locked = await transaction(async (tx) => {
    const found = await lockCase(tx, staff, number)
    if (found.ok) await recordView(tx, found.value, staff, now)
    return found
  })
  return locked.ok ? done(await view(locked.value, now)) : locked
}

async function view(found: Case, now: Date): Promise<CaseView> {
  const { id, userId, number, openedAt, reason, openedById } = found
  const { opensAlone, ...standing } = await readStanding(userId, now)
  const frozenAt = standing.frozen?.at
  const maskOf = await readMasks(userId)
  const seen = {
    ...standing,
    ways: await readWays(userId, frozenAt ?? now, now),
    savedCode: await readSavedCodeState(userId),
    messages: await readMessages(userId, now),
    actions: await readActions(userId, maskOf, now),
    vetoes: frozenAt ? await maskVetoes(userId, frozenAt) : [],
    limits: await readLimits(userId, now),
  }
  const opened = { number, openedAt, openedBy: await nameOf(openedById), reason }
  const told = { events: await readEvents(userId, now), words: await readWords(id, maskOf) }
  return { ...opened, ...seen, ...told, stuck: judgeStuck({ ...seen, opensAlone }) }
}

const maskVetoes = async (userId: string, frozenAt: Date) =>
  (await listVetoes(db(), userId, frozenAt)).map(({ address }) => maskAddress(address))

const nameOf = async (id: string) => (await db().staff.findUniqueOrThrow({ where: { id } })).name
