import { randomInt, randomUUID } from 'node:crypto'
import { expect, vi } from 'vitest'
import {
  type AddRefusal,
  type AnyAddress,
  addAddress,
  confirmAddress,
  findPrimary,
  type HeldAddress,
  listAddresses,
  parseIdentifier,
  removeAddress,
} from '@/lib/addresses'
import { db, pool, type Tx, transaction } from '@/lib/platform/db'
import type { Result } from '@/lib/platform/result'

export const NOW = new Date('2026-03-01T10:00:00Z')
export const LATER = new Date('2026-03-02T10:00:00Z')
export const ORIGIN = { ip: '203.0.113.7', userAgent: 'Test' }

export type Role = 'primary' | 'recovery'
type Addition = {
  userId: string
  role: Role
  text: string
  worksUnconfirmed?: boolean
  now?: Date
}

export async function newUser() {
  const { id } = await db().user.create({
    data: { id: randomUUID(), name: 'Budi', passwordHash: '$argon2id$test', createdAt: NOW },
  })
  return id
}

export const newEmail = () => `budi.${randomUUID()}@example.com`
export const newPhone = () => `+62812${randomInt(10_000_000, 100_000_000)}`

export function parse(text: string): AnyAddress {
  const outcome = parseIdentifier(text)
  if (!outcome.ok) throw new Error(`${text} was refused`)
  return outcome.value
}

/** An unconfirmed address. A primary one is usable, as one of a version before, unless given. */
export const add = ({ userId, role, text, worksUnconfirmed = true, now = NOW }: Addition) =>
  transaction((tx) => {
    const state = { confirmedAt: null, worksUnconfirmed }
    return addAddress(tx, { userId, role, address: parse(text), ...state, origin: ORIGIN, now })
  })

export async function added(addition: Addition): Promise<HeldAddress> {
  const outcome = await add(addition)
  if (!outcome.ok) throw new Error(`refused: ${outcome.refusal}`)
  return outcome.value
}

export const outcomeOf = (outcome: Result<HeldAddress, AddRefusal>) =>
  outcome.ok ? 'added' : outcome.refusal
export const list = (userId: string) => transaction((tx) => listAddresses(tx, userId))
export const find = (text: string) => transaction((tx) => findPrimary(tx, parse(text)))
export const confirm = (id: string, now: Date) => transaction((tx) => confirmAddress(tx, id, now))
export const remove = (id: string, now: Date) => transaction((tx) => removeAddress(tx, id, now))
export const times = <Value>(count: number, work: (index: number) => Promise<Value>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)))
export const countOf = (words: string[], word: string) => words.filter((one) => one === word).length

/**
 * Runs two transactions: `second` waits for the uncommitted rows of `first`. Returns the value or
 * error of each.
 */
export async function overtake<One, Other>(
  first: (tx: Tx) => Promise<One>,
  second: (tx: Tx) => Promise<Other>,
) {
  const [hasWritten, isBlocked] = [signal(), signal()]
  const rival = transaction(async (tx) => {
    return await first(tx).finally(() => {
      hasWritten.give()
      return isBlocked.given
    })
  }).catch((error: unknown) => error)
  await hasWritten.given
  const overtaken = transaction(second)
  await waitForBlockedInsert()
  isBlocked.give()
  return [await rival, await overtaken] as const
}

function signal() {
  let give = () => {}
  const given = new Promise<void>((resolve) => {
    give = resolve
  })
  return { given, give: () => give() }
}

async function waitForBlockedInsert() {
  const blocked = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'INSERT%'`
  await vi.waitFor(async () => expect((await pool().query(blocked)).rowCount).toBe(1), 5_000)
}
