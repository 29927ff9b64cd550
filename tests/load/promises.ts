import { verify } from '@node-rs/argon2'
import { blindIndexOf, parseEmail, parsePhone } from '@/lib/addresses'
import type { Customer } from '../support/customers'
import type { Received } from '../support/fake-providers'
import type { System } from './system'

/** What a page told a customer. It must be true afterwards. */
export type Kept =
  | { kind: 'code'; to: string }
  | { kind: 'account'; customer: Customer }
  | { kind: 'password'; customer: Customer; password: string }
  | { kind: 'recovery'; customer: Customer; address: string }

/** The times in which the providers refused every message that they received. */
const refusing: { from: Date; to: Date }[] = []

export const markRefusing = (from: Date, to: Date) => refusing.push({ from, to })

/** The messages that the providers have accepted. */
const acceptedBy = ({ fakes }: System): Received[] =>
  fakes.received.filter(({ at }) => !refusing.some(({ from, to }) => at >= from && at <= to))

/** Those to this address. Vonage is given numbers without a plus. */
export const acceptedFor = (system: System, address: string): Received[] =>
  acceptedBy(system).filter(({ to }) => to.replace(/^\+/, '') === address.replace(/^0/, '62'))

const UNSETTLED = `select count(*)::int as count from "Message"
  where "sentAt" is null and "failedAt" is null and "sealedTo" is not null and "dueAt" is null`

/** How many messages wait to be sent. */
export async function countUnsettled({ admin }: System): Promise<number> {
  const { rows } = await admin.query<{ count: number }>(UNSETTLED)
  return rows[0]?.count ?? 0
}

/** What was promised and is not true. */
export async function listLost(system: System, kept: readonly Kept[]): Promise<string[]> {
  const lost: string[] = []
  for (const one of kept) if (!(await isTrue(system, one))) lost.push(describe(one))
  const { rows } = await system.admin.query<{ id: string }>(
    `select kind || ' ' || "lastError" as id from "Message" where "failedAt" is not null and "sealedTo" is not null`,
  )
  return [...lost, ...rows.map(({ id }) => `message ${id}`)]
}

const describe = (one: Kept) =>
  `${one.kind} of ${one.kind === 'code' ? one.to : one.customer.phone}`

async function isTrue(system: System, one: Kept): Promise<boolean> {
  if (one.kind === 'code') return acceptedFor(system, one.to).length > 0
  const { phone } = one.customer
  const [owner] = (await system.admin.query(OWNER, [indexOf(phone)])).rows
  if (!owner) return false
  if (one.kind === 'account') return true
  if (one.kind === 'password') return verify(owner.passwordHash, one.password)
  const { rows } = await system.admin.query(SAVED, [owner.id, indexOf(one.address)])
  return rows[0]?.saved === 1 && rows[0].points === 1
}

const OWNER = `select owner.id, owner."passwordHash" from "User" owner join "Address" held on held."userId" = owner.id
  where held."blindIndex" = $1 and held."removedAt" is null and held."confirmedAt" is not null`

const SAVED = `select
  (select count(*)::int from "Address" where "userId" = $1 and "blindIndex" = $2 and "confirmedAt" is not null and "removedAt" is null) as saved,
  (select count(*)::int from "PointsEntry" where "userId" = $1) as points`

function indexOf(typed: string): string {
  const parsed = typed.includes('@') ? parseEmail(typed) : parsePhone(typed)
  if (!parsed.ok) throw new Error(`${typed} is refused`)
  return blindIndexOf(parsed.value)
}

const TWICE = `
  select type || ' ' || "userId" as what from "SecurityEvent"
  where type in ('registered', 'password_reset', 'recovery_added', 'recovery_confirmed') group by "userId", type having count(*) > 1
  union all select 'points ' || "userId" from "PointsEntry" group by "userId" having count(*) > 1`

/** What happened twice: an event, a reward, or a message that a provider accepted again. */
export async function listDoubled(system: System): Promise<string[]> {
  const { rows } = await system.admin.query<{ what: string }>(TWICE)
  const texts = acceptedBy(system).map(({ to, text }) => `${to} ${text}`)
  const again = texts.filter((text, nth) => texts.indexOf(text) !== nth)
  return [...rows.map(({ what }) => what), ...again.map((text) => `message ${text.slice(0, 60)}`)]
}
