import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import {
  type Caller,
  createAccount,
  hashPassword,
  type OpenedSession,
  openSession,
} from '@/lib/accounts'
import { recordEvent } from '@/lib/activity'
import {
  type AnyAddress,
  type Email,
  listAddresses,
  type Phone,
  parseEmail,
  parsePhone,
} from '@/lib/addresses'
import {
  authoriseRecoveryAddress,
  confirmRecoveryAddress,
  requestRecoveryAddress,
} from '@/lib/contacts'
import { CONSENT_VERSION, consentOf } from '@/lib/contacts/consent'
import { db, pool, transaction } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { sqlTransaction } from '@/lib/platform/sql'
import { creditRecoveryReward } from '@/lib/points'
import { insertAddresses, insertUser } from './account-rows'
import { newestCode } from './outbox'
import { expectDone } from './outcomes'

export { atOnce, countOutcomes, expectDone, expectSession } from './outcomes'

/** The fixed time of the tests. */
export const NOW = new Date('2026-03-02T03:00:00.000Z')
export const MINUTE = 60
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
export const later = (seconds: number, from: Date = NOW) =>
  new Date(from.getTime() + seconds * 1_000)

export const PASSWORD = 'empat gajah menari di sawah'
export const OTHER_PASSWORD = 'lima kerbau tidur di pasar'

/** One slow hash for every account whose password does not matter. */
const sharedHash = hashPassword(PASSWORD)

let count = 0
const next = () => ++count

export const newOrigin = (): Origin => {
  const number = next()
  return { ip: `198.18.${number >> 8}.${number & 255}`, userAgent: 'Test Browser' }
}
export const newEmail = () => email(`pelanggan.${next()}@example.com`)
export const newPhone = () => phone(`+62812${10_000_000 + next()}`)

export function email(text: string): Email {
  const parsed = parseEmail(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.refusal}`)
  return parsed.value
}

export function phone(text: string): Phone {
  const parsed = parsePhone(text)
  if (!parsed.ok) throw new Error(`${text}: ${parsed.refusal}`)
  return parsed.value
}

export type Account = {
  userId: string
  name: string
  email: Email
  phone: Phone
  passwordHash: string
}

/**
 * An account with both primaries, its number confirmed, and PASSWORD. Its e-mail is unconfirmed and
 * usable, as one of a version before.
 */
export async function makeAccount(given: Partial<Omit<Account, 'userId'>> = {}): Promise<Account> {
  const { email, phone, ...user } = { ...(await newAccount()), ...given }
  const [userId, origin] = [randomUUID(), newOrigin()]
  const added = { userId, role: 'primary', origin, now: NOW } as const
  await sqlTransaction(async (sql) => {
    await insertUser(sql, { id: userId, createdAt: NOW, ...user })
    const notify = await insertAddresses(sql, [
      { ...added, address: phone, confirmedAt: NOW },
      { ...added, address: email, confirmedAt: null, worksUnconfirmed: true },
    ])
    await recordEvent(sql, { userId, type: 'registered', origin, now: NOW, notify })
  })
  return { ...user, email, phone, userId }
}

/** Confirms the primary e-mail of an account, without a message or an event. */
export async function proveEmail({ userId }: Account, now = NOW) {
  const where = { userId, role: 'primary', kind: 'email', removedAt: null } as const
  await db().address.updateMany({ where, data: { confirmedAt: now, lastVerifiedAt: now } })
}

/** An account as a registration leaves it: its e-mail is unconfirmed and not usable yet. */
export async function makeNewAccount(
  given: Partial<Omit<Account, 'userId'>> = {},
): Promise<Account> {
  const account = { ...(await newAccount()), ...given }
  const { userId } = await expectDone(
    transaction((tx) => createAccount(tx, { ...account, locale: 'id' }, newOrigin(), NOW)),
  )
  return { ...account, userId }
}

const newAccount = async () => ({
  name: 'Sari Dewi',
  email: newEmail(),
  phone: newPhone(),
  passwordHash: await sharedHash,
})

export const callerOf = ({ userId }: Account, now = NOW): Caller => ({
  userId,
  locale: 'id',
  origin: newOrigin(),
  now,
})

/** Saves a recovery address with the code to the primary phone. It stays unconfirmed. */
export async function saveRecovery(account: Account, address: AnyAddress, now = NOW) {
  await expectDone(requestRecoveryAddress(callerOf(account, now), address))
  await expectDone(
    authoriseRecoveryAddress(callerOf(account, now), await newestCode(account.phone)),
  )
}

let withCodes = false

/** Lets the recovery addresses of this file be added by `addRecovery` with codes, which the audit looks for. */
export function addRecoveriesWithCodes() {
  beforeAll(() => {
    withCodes = true
  })
  afterAll(() => {
    withCodes = false
  })
}

/**
 * Adds a confirmed recovery address. Returns the points credited. It writes the address, the events,
 * the notices and the points of the wizard: the two codes are most of its work.
 */
export async function addRecovery(account: Account, address: AnyAddress, now = NOW) {
  if (!withCodes) return insertRecovery(account, address, now)
  await saveRecovery(account, address, now)
  return expectDone(confirmRecoveryAddress(callerOf(account, now), await newestCode(address)))
}

async function insertRecovery({ userId }: Account, address: AnyAddress, now: Date) {
  const origin = newOrigin()
  const event = { userId, origin, now, about: address }
  const consent = consentOf(CONSENT_VERSION, now)
  const added = {
    userId,
    role: 'recovery',
    address,
    confirmedAt: now,
    consent,
    origin,
    now,
  } as const
  await sqlTransaction(async (sql) => {
    const before = await listAddresses(sql, userId)
    const held = await insertAddresses(sql, [added])
    await recordEvent(sql, { ...event, type: 'recovery_added', notify: before })
    await recordEvent(sql, { ...event, type: 'recovery_confirmed', notify: [...before, ...held] })
  })
  return transaction((tx) => creditRecoveryReward(tx, { userId, address, now }))
}

/** An account with a confirmed recovery address, an e-mail address by default. */
export async function makeRecoverable(address: AnyAddress = newEmail()) {
  const account = await makeAccount()
  await addRecovery(account, address)
  return { ...account, recovery: address }
}

/** Opens a session in a browser that is no known device. */
export const signIn = (userId: string, now = NOW, passwordVersion = 1): Promise<OpenedSession> =>
  openSession(db(), { userId, passwordVersion, device: null, origin: newOrigin(), now })

/** Clears the rate limits, for tests that send much, or only the ones of a key or pattern. */
export async function forgetLimits(key = '%') {
  // The index of the table finds an equal key only.
  const comparison = key.endsWith('%') ? 'LIKE' : '='
  await pool().query(`DELETE FROM "RateLimit" WHERE key ${comparison} $1`, [key])
}
