import { randomUUID } from 'node:crypto'
import { hashPassword } from '@/lib/accounts'
import {
  type AnyAddress,
  blindIndexOf,
  mailboxIndexOf,
  parseEmail,
  parsePhone,
} from '@/lib/addresses'
import { hashingKeyId, hashSecret, newSecret, seal } from '@/lib/platform/crypto'
import { db } from '@/lib/platform/db'
import { env } from '@/lib/platform/env'

export const PASSWORD = 'perahu kertas di atas atap'

const CHUNK = 1_000
const DAY_MS = 24 * 60 * 60_000
const FIRST_NUMBER = 10_000_000

/** A prepared customer. `device` is the secret of a browser in which the account was signed in. */
export type BenchCustomer = { userId: string; email: string; phone: string; device: string }

/**
 * Inserts customers with two confirmed primary addresses, a recovery e-mail address, a known device
 * and a session: who then logs in elsewhere is notified. All have the same password.
 */
export async function seedCustomers(count: number, first: number): Promise<BenchCustomer[]> {
  const passwordHash = await hashPassword(PASSWORD)
  const customers = Array.from({ length: count }, (_, index) => newCustomer(first + index))
  for (let from = 0; from < count; from += CHUNK)
    await insert(customers.slice(from, from + CHUNK), passwordHash)
  return customers
}

const newCustomer = (number: number): BenchCustomer => ({
  userId: randomUUID(),
  email: `warga.${number}@surat.example`,
  phone: `+62813${FIRST_NUMBER + number}`,
  device: newSecret(),
})

async function insert(customers: readonly BenchCustomer[], passwordHash: string) {
  const createdAt = new Date(Date.now() - DAY_MS)
  await db().user.createMany({
    data: customers.map(({ userId: id }) => ({
      ...{ id, name: 'Ratna Wulandari', passwordHash, createdAt },
    })),
  })
  await db().address.createMany({ data: customers.flatMap((each) => addressesOf(each, createdAt)) })
  await db().knownDevice.createMany({
    data: customers.map(({ userId, device }) => ({
      ...{ userId, secretHash: hashSecret(device), createdAt },
    })),
  })
  await db().session.createMany({ data: customers.map((each) => sessionOf(each, createdAt)) })
}

function addressesOf({ userId, email, phone }: BenchCustomer, now: Date) {
  const row = (role: 'primary' | 'recovery', address: AnyAddress) => ({
    ...{ id: randomUUID(), userId, role, kind: address.kind, keyId: hashingKeyId() },
    ...{ sealed: seal(address.value, 'address'), blindIndex: blindIndexOf(address) },
    ...{ mailboxIndex: mailboxIndexOf(address), addedFrom: '198.51.100.7', addedAt: now },
    ...{ confirmedAt: now, lastVerifiedAt: now, worksUnconfirmed: false },
  })
  return [
    row('primary', addressOf(phone)),
    row('primary', addressOf(email)),
    row('recovery', addressOf(`cadangan.${email}`)),
  ]
}

const sessionOf = ({ userId, device }: BenchCustomer, createdAt: Date) => ({
  ...{ id: hashSecret(newSecret()), userId, passwordVersion: 1, device: hashSecret(device) },
  ...{ userAgent: 'Benchmark', ip: '198.51.100.7', keyId: env().AUTH_SECRET[0].id },
  ...{ createdAt, lastSeenAt: createdAt, expiresAt: new Date(createdAt.getTime() + 30 * DAY_MS) },
})

function addressOf(text: string): AnyAddress {
  const parsed = text.startsWith('+') ? parsePhone(text) : parseEmail(text)
  if (!parsed.ok) throw new Error(`an address of the benchmark is refused: ${parsed.refusal}`)
  return parsed.value
}
