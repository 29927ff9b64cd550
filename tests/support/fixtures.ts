import { randomBytes, randomUUID } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import { encode } from 'next-auth/jwt'
import { blindIndexOf, mailboxIndexOf, parseEmail, parsePhone } from '@/lib/addresses'
import { hashingKeyId, hashSecret, newSecret, seal } from '@/lib/platform/crypto'
import { env } from '@/lib/platform/env'
import { type Client, newClient, newIp } from './client'
import { type Customer, type Kind, newCustomer } from './customers'
import { connect, query } from './product-database'
import { productNow } from './running'

const SESSION_COOKIE = 'session'
const DAY_MS = 24 * 60 * 60_000

/** A cheap hash. The product verifies it because a hash contains its parameters. */
const QUICK = { memoryCost: 1_024, timeCost: 1, parallelism: 1 }

/** Inserts a customer with a confirmed number. Sends nothing and records no event. */
export async function insertCustomer(given: Partial<Customer> = {}): Promise<Customer> {
  const customer = newCustomer(given)
  const [id, now] = [randomUUID(), productNow()]
  const passwordHash = await hash(customer.password.normalize('NFKC'), QUICK)
  await insert('User', { id, name: customer.name, passwordHash, createdAt: now })
  await insertAddress({ userId: id, role: 'primary', kind: 'phone', typed: customer.phone, now })
  await insertAddress({ userId: id, role: 'primary', kind: 'email', typed: customer.email, now })
  return customer
}

/** Inserts a session of a customer, and sets its cookie in a client. */
export async function insertSession(customer: Customer, client = newClient()): Promise<Client> {
  const { userId, passwordVersion } = await findUser(customer)
  const [secret, now] = [newSecret(), productNow()]
  const expiresAt = new Date(now.getTime() + 30 * DAY_MS)
  const times = { createdAt: now, lastSeenAt: now, expiresAt }
  const from = { ip: newIp(), userAgent: 'Test Browser', keyId: env().AUTH_SECRET[0].id }
  await insert('Session', { id: hashSecret(secret), userId, passwordVersion, ...from, ...times })
  const [current] = env().AUTH_SECRET
  const key = { secret: current.bytes.toString(), salt: SESSION_COOKIE }
  // The cookie is made by the clock of this process, and the clock of the product can be ahead of
  // it.
  const maxAge = Math.ceil((expiresAt.getTime() - Date.now()) / 1_000)
  client.cookies.set(SESSION_COOKIE, await encode({ token: { secret }, ...key, maxAge }))
  return client
}

/**
 * Inserts a confirmed recovery address, and the points for the first one. Sends nothing and records
 * no event.
 */
export async function insertRecovery(customer: Customer, kind: Kind, typed: string) {
  const { userId } = await findUser(customer)
  const now = productNow()
  const awardedFor = await insertAddress({ userId, role: 'recovery', kind, typed, now })
  const [reason, idempotencyKey] = ['recovery_reward', `recovery_reward:${userId}`]
  const entry = { id: randomUUID(), userId, reason, idempotencyKey, awardedFor, createdAt: now }
  await insert('PointsEntry', { ...entry, amount: env().RECOVERY_REWARD_POINTS })
}

/** Inserts a saved code that nobody knows. Records no event. */
export async function insertSavedCode(customer: Customer): Promise<void> {
  const { userId } = await findUser(customer)
  const now = productNow()
  const made = { codeHash: hashSecret(newSecret()), keyId: hashingKeyId() }
  await insert('SavedCode', { id: randomUUID(), userId, ...made, createdAt: now, shownAt: now })
}

/** Marks the primary e-mail address as confirmed. */
export async function confirmPrimaryEmail(customer: Customer) {
  const { userId } = await findUser(customer)
  await query(
    `update "Address" set "confirmedAt" = $2, "lastVerifiedAt" = $2
     where "userId" = $1 and role = 'primary' and kind = 'email'`,
    [userId, productNow()],
  )
}

/** Inserts the first events of a customer of `insertCustomer`, unchained as those of early versions. */
export async function insertEvents(customer: Customer, events: { type: string; at: Date }[]) {
  const { userId } = await findUser(customer)
  const from = { ip: newIp(), userAgent: 'Test Browser', detail: '{}' }
  for (const [index, event] of events.entries()) {
    const reference = randomBytes(8).toString('hex')
    await insert('SecurityEvent', {
      id: randomUUID(),
      userId,
      position: index + 1,
      reference,
      ...from,
      ...event,
    })
  }
}

type NewAddress = {
  userId: string
  role: 'primary' | 'recovery'
  kind: Kind
  typed: string
  now: Date
}

/** Only a primary e-mail is inserted unconfirmed: it is usable, as one of a version before. */
async function insertAddress({ userId, role, kind, typed, now }: NewAddress) {
  connect()
  const confirmedAt = role === 'primary' && kind === 'email' ? null : now
  const address = addressOf(kind, typed)
  const mailboxIndex = mailboxIndexOf(address)
  const found = { sealed: seal(address.value, 'address'), blindIndex: blindIndexOf(address) }
  const added = { addedAt: now, addedFrom: newIp(), keyId: hashingKeyId() }
  const proven = { confirmedAt, lastVerifiedAt: confirmedAt }
  const whose = { id: randomUUID(), userId, role, kind, mailboxIndex }
  await insert('Address', { ...whose, ...found, ...added, ...proven })
  return mailboxIndex
}

/** Ends every session of a customer. */
export async function endSessionsOf(customer: Customer): Promise<void> {
  const { userId } = await findUser(customer)
  await query('update "Session" set "revokedAt" = now() where "userId" = $1', [userId])
}

/** Skips a reward that exists, because each customer gets one. */
async function insert(table: string, row: Record<string, unknown>) {
  const names = Object.keys(row).map((name) => `"${name}"`)
  const places = names.map((_, index) => `$${index + 1}`)
  await query(
    `insert into "${table}" (${names.join()}) values (${places.join()})${table === 'PointsEntry' ? ' on conflict do nothing' : ''}`,
    Object.values(row),
  )
}

/** The row of a customer. */
export async function findUser({ phone }: Customer) {
  connect()
  const [owner] = await query<{ userId: string; passwordVersion: number }>(
    `select owner.id as "userId", owner."passwordVersion" from "User" owner
     join "Address" held on held."userId" = owner.id
     where held."blindIndex" = $1 and held.role = 'primary' and held."removedAt" is null`,
    [blindIndexOf(addressOf('phone', phone))],
  )
  if (!owner) throw new Error('there is no such customer')
  return owner
}

function addressOf(kind: Kind, typed: string) {
  const parsed = kind === 'email' ? parseEmail(typed) : parsePhone(typed)
  if (!parsed.ok) throw new Error(`${typed} is refused: ${parsed.refusal}`)
  return parsed.value
}
