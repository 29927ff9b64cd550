import { randomUUID } from 'node:crypto'
import {
  type Caller,
  createAccount,
  hashPassword,
  type LoginOutcome,
  type OpenedSession,
  openSession,
} from '@/lib/accounts'
import { recordEvent } from '@/lib/activity'
import {
  type AnyAddress,
  addAddress,
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
import { db, pool, transaction } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import type { Result } from '@/lib/platform/result'
import { newestCode } from './outbox'

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
  await transaction(async (tx) => {
    await tx.user.create({ data: { id: userId, createdAt: NOW, ...user } })
    await expectDone(addAddress(tx, { ...added, address: phone, confirmedAt: NOW }))
    const unproven = { address: email, confirmedAt: null, worksUnconfirmed: true }
    await expectDone(addAddress(tx, { ...added, ...unproven }))
    const notify = await listAddresses(tx, userId)
    await recordEvent(tx, { userId, type: 'registered', origin, now: NOW, notify })
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

/** Saves and confirms a recovery address. Returns the points credited. */
export async function addRecovery(
  account: Account,
  address: AnyAddress,
  now = NOW,
): Promise<number> {
  await saveRecovery(account, address, now)
  return expectDone(confirmRecoveryAddress(callerOf(account, now), await newestCode(address)))
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

/** The value of an outcome. Throws when it is a refusal. */
export async function expectDone<Value>(
  outcome: Promise<{ ok: true; value: Value } | { ok: false; refusal: string }>,
): Promise<Value> {
  const settled = await outcome
  if (!settled.ok) throw new Error(`refused: ${settled.refusal}`)
  return settled.value
}

/** The session that a login opened. */
export async function expectSession(
  login: Promise<Result<LoginOutcome, string>>,
): Promise<OpenedSession> {
  const entry = await expectDone(login)
  if (!('session' in entry)) throw new Error('the account is frozen')
  return entry.session
}

/** Runs `work` this many times concurrently. */
export const atOnce = <Value>(
  times: number,
  work: (index: number) => Promise<Value>,
): Promise<Value[]> => Promise.all(Array.from({ length: times }, (_, index) => work(index)))

/** Counts the outcomes by refusal: `{ done: 1, code_wrong: 4 }`. */
export function countOutcomes(
  outcomes: readonly ({ ok: true } | { ok: false; refusal: string })[],
) {
  const counts: Record<string, number> = {}
  for (const outcome of outcomes) {
    const word = outcome.ok ? 'done' : outcome.refusal
    counts[word] = (counts[word] ?? 0) + 1
  }
  return counts
}
