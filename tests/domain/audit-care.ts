import { randomUUID } from 'node:crypto'
import { db } from '@/lib/platform/db'
import type { CaseActionType } from '@/prisma/client/enums'
import { type Account, NOW } from '../support/accounts'
import type { Break } from './audit-break'
import { writtenEvent } from './audit-rows'
import { makeStaff, openCase } from './care-actions'

/** An action of the account's case that nobody has decided on. */
const writtenAction = (type: CaseActionType) => async (account: Account) => {
  const staff = await makeStaff()
  const number = await openCase(staff, account, NOW)
  const { id: caseId } = await db().case.findUniqueOrThrow({ where: { number } })
  const times = { requestedAt: NOW, expiresAt: NOW }
  const text = { reason: '', ticket: '', detail: {} }
  const action = { caseId, type, approvals: 1, requestedById: staff.staffId, ...times, ...text }
  return (await db().caseAction.create({ data: { id: randomUUID(), ...action } })).id
}

const end = (set: string) =>
  `update "CaseAction" set outcome = 'carried_out', "endedAt" = "requestedAt" ${set} where id = $1`

/** What invariant 9 does not permit. */
export const CARE_BREAKS: Break[] = [
  {
    invariant: 9,
    name: 'done_without_approval',
    idOf: writtenAction('restore_attempts'),
    sql: end(''),
  },
  {
    invariant: 9,
    name: 'done_before_its_time',
    idOf: writtenAction('unfreeze'),
    sql: end(`, "dueAt" = "requestedAt" + interval '1 hour'`),
  },
  {
    invariant: 9,
    name: 'unproven_without_wait',
    idOf: writtenAction('unfreeze'),
    sql: end(''),
  },
  {
    invariant: 9,
    name: 'waits_unannounced',
    idOf: writtenAction('unfreeze'),
    sql: `update "CaseAction" set "dueAt" = "requestedAt" where id = $1`,
  },
  {
    invariant: 9,
    name: 'announced_without_action',
    idOf: writtenEvent('frozen'),
    sql: `update "SecurityEvent" set type = 'unfreeze_announced' where id = $1`,
  },
  {
    invariant: 9,
    name: 'opened_without_event',
    idOf: writtenAction('unfreeze'),
    sql: end(`, "provenById" = gen_random_uuid()`),
  },
]
