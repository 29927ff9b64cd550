import { db, transaction } from '@/lib/platform/db'
import { recordStaffEvent } from '@/lib/staff-log'
import type { Prisma } from '@/prisma/client/client'
import type { StaffEventType } from '@/prisma/client/enums'
import { csvLine } from './csv'
import type { StaffMember } from './member'

const PAGE_ROWS = 50
const ROWS_AT_ONCE = 500

/**
 * Which rows of the log are read: of one person, of one type, from one time up to before another.
 */
export type StaffLogFilter = {
  person?: string
  type?: StaffEventType
  from?: Date
  to?: Date
}

/** A row of the log for the auditor. `name`: of the person who acted; null for nobody on staff. */
export type StaffLogEntry = {
  position: number
  type: StaffEventType
  at: Date
  staffId: string | null
  name: string | null
  caseNumber: string | null
  userId: string | null
  detail: Prisma.JsonValue
}

/** A page of the log, the latest row first; `before` is the `next` of the page before it. */
export async function listStaffEvents(
  filter: StaffLogFilter,
  before?: number,
): Promise<{ entries: StaffLogEntry[]; next: number | undefined }> {
  const entries = await readRows(filter, { before, take: PAGE_ROWS + 1 })
  const shown = entries.slice(0, PAGE_ROWS)
  return { entries: shown, next: entries.length > PAGE_ROWS ? shown.at(-1)?.position : undefined }
}

/**
 * The rows of the log as lines of CSV, the latest first, after a line with the names of the
 * columns. The export is itself a row of the log, which commits before the first line is read and
 * is not among them.
 */
export async function exportStaffEvents(
  { staffId }: StaffMember,
  filter: StaffLogFilter,
  now: Date,
): Promise<AsyncGenerator<string>> {
  const { person, type, from, to } = filter
  const detail = {
    ...(person && { person }),
    ...(type && { type }),
    ...(from && { from: from.toISOString() }),
    ...(to && { to: to.toISOString() }),
  }
  const position = await transaction((tx) =>
    recordStaffEvent(tx, { type: 'exported', staffId, detail, now }),
  )
  return writeLines(filter, position)
}

const COLUMNS = ['position', 'at', 'type', 'staff', 'name', 'case', 'account', 'detail'] as const

async function* writeLines(filter: StaffLogFilter, end: number): AsyncGenerator<string> {
  yield csvLine(COLUMNS)
  for (let before = end; ; ) {
    const rows = await readRows(filter, { before, take: ROWS_AT_ONCE })
    for (const row of rows) yield csvLine(cellsOf(row))
    before = rows.at(-1)?.position ?? 0
    if (rows.length < ROWS_AT_ONCE) return
  }
}

const cellsOf = (row: StaffLogEntry) => [
  String(row.position),
  row.at.toISOString(),
  row.type,
  row.staffId ?? '',
  row.name ?? '',
  row.caseNumber ?? '',
  row.userId ?? '',
  JSON.stringify(row.detail),
]

type Part = { before: number | undefined; take: number }

async function readRows(
  { person, type, from, to }: StaffLogFilter,
  { before, take }: Part,
): Promise<StaffLogEntry[]> {
  const rows = await db().staffEvent.findMany({
    where: {
      ...(person && { staffId: person }),
      ...(type && { type }),
      at: { ...(from && { gte: from }), ...(to && { lt: to }) },
      ...(before !== undefined && { position: { lt: before } }),
    },
    orderBy: { position: 'desc' },
    take,
    include: { case: { select: { number: true } } },
  })
  const names = await readNames(rows.flatMap(({ staffId }) => staffId ?? []))
  return rows.map(({ position, type, at, staffId, userId, detail, case: own }) => ({
    ...{ position, type, at, staffId, userId, detail },
    name: (staffId && names.get(staffId)) || null,
    caseNumber: own?.number ?? null,
  }))
}

async function readNames(staffIds: readonly string[]) {
  const people = await db().staff.findMany({
    where: { id: { in: [...new Set(staffIds)] } },
    select: { id: true, name: true },
  })
  return new Map(people.map(({ id, name }) => [id, name]))
}
