import { randomUUID } from 'node:crypto'
import { hashSecret, newLinkToken } from '@/lib/platform/crypto'
import { newSpoken, SPOKEN_ALPHABET } from '@/lib/platform/spoken'
import type { CaseActionType } from '@/prisma/client/enums'
import type { Customer } from './customers'
import { findUser } from './fixtures'
import { query } from './product-database'
import { productNow } from './running'
import { insertStaff } from './staff-fixtures'

const HOUR_MS = 60 * 60_000

type OpenedCase = { caseId: string; number: string }

/** Freezes the account of a customer. Sends nothing and records no event. */
export async function freezeCustomer(customer: Customer): Promise<void> {
  const { userId } = await findUser(customer)
  await query('update "User" set "frozenAt" = $2 where id = $1', [userId, productNow()])
}

/** Opens a case of a customer, without a look-up. */
export async function insertCase(customer: Customer, openedById?: string): Promise<OpenedCase> {
  const { userId } = await findUser(customer)
  const [caseId, number] = [randomUUID(), newSpoken(SPOKEN_ALPHABET, 6)]
  const by = openedById ?? (await insertStaff('agent'))
  await query(
    `insert into "Case" (id, number, "userId", "openedById", reason, "openedAt") values ($1, $2, $3, $4, $5, $6)`,
    [caseId, number, userId, by, 'kode tidak sampai', productNow()],
  )
  return { caseId, number }
}

type NewAction = {
  type?: CaseActionType
  requestedById: string
  detail?: object
  /** When an approved unfreeze takes effect. */
  dueAt?: Date
}

/** Inserts an open action of a case. Returns its id. */
export async function insertAction(
  { caseId }: OpenedCase,
  { type = 'unfreeze', requestedById, detail = { undo: [] }, dueAt }: NewAction,
): Promise<string> {
  const [id, now] = [randomUUID(), productNow()]
  const end = new Date(now.getTime() + HOUR_MS / 2)
  await query(
    `insert into "CaseAction" (id, "caseId", type, detail, reason, ticket, "requestedById", "requestedAt", "expiresAt", approvals, "dueAt")
      values ($1, $2, $3, $4, 'pelanggan kehilangan nomornya', 'TKT-2093', $5, $6, $7, 1, $8)`,
    [id, caseId, type, JSON.stringify(detail), requestedById, now, end, dueAt ?? null],
  )
  return id
}

/** Inserts a frozen account whose unfreeze waits, and the token of the link that stops it. */
export async function insertWaiting(customer: Customer) {
  await freezeCustomer(customer)
  const { userId } = await findUser(customer)
  const requestedById = await insertStaff('agent')
  const opened = await insertCase(customer, requestedById)
  const dueAt = new Date(productNow().getTime() + 24 * HOUR_MS)
  const actionId = await insertAction(opened, { requestedById, dueAt })
  const token = newLinkToken()
  await query(
    `insert into "VetoLink" ("tokenHash", "actionId", "addressId", "expiresAt")
      select $1, $2, id, $4 from "Address" where "userId" = $3 and role = 'primary' and kind = 'phone'`,
    [hashSecret(token), actionId, userId, dueAt],
  )
  return { ...opened, actionId, token }
}

/** How an action ended; null while it is open. */
export async function outcomeOf(actionId: string) {
  const [action] = await query('select outcome from "CaseAction" where id = $1', [actionId])
  return action?.outcome
}
