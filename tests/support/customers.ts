import { randomBytes, randomInt } from 'node:crypto'
import { vi } from 'vitest'
import { type Client, newClient } from './client'
import { inbox } from './running'

export type Customer = { name: string; email: string; phone: string; password: string }

export type Kind = 'email' | 'phone'

const PATIENCE = { timeout: 15_000, interval: 100 }

export const newEmail = (domain = 'surat.example') =>
  `warga.${randomBytes(5).toString('hex')}@${domain}`
export const newPhone = () => `0813${randomInt(10_000_000, 99_999_999)}`
export const newAddress = (kind: Kind) => (kind === 'email' ? newEmail() : newPhone())

/** Somebody whom the product does not know yet. */
export const newCustomer = (given: Partial<Customer> = {}): Customer => ({
  name: 'Ratna Wulandari',
  email: newEmail(),
  phone: newPhone(),
  password: 'perahu kertas di atas atap',
  ...given,
})

export const OTHER_PASSWORD = 'sepeda ungu menyeberang danau'

const read = new Set<string>()

/** The code of the newest message to an address that no one has taken yet; waits until it arrives. */
export async function nextCode(to: string): Promise<string> {
  return (await nextMessage(to, 'code.')).text.match(/\b\d{6}\b/)?.[0] ?? ''
}

/** The newest message of a kind (or the beginning of one) to an address that was not taken yet; waits until it arrives. */
export function nextMessage(to: string, kind: string) {
  return vi.waitFor(async () => {
    const found = (await inbox(to)).find(
      (message) => message.kind.startsWith(kind) && !read.has(message.id),
    )
    if (!found) throw new Error(`no new message ${kind} to ${to}`)
    read.add(found.id)
    return found
  }, PATIENCE)
}

/** The kinds of all messages that an address has received, newest first. */
export async function kindsTo(to: string): Promise<string[]> {
  return (await inbox(to)).map(({ kind }) => kind)
}

/** A code that is not this one; another one for each `nth`. */
export const wrongCode = (code: string, nth = 1) =>
  String((Number(code) + nth) % 1_000_000).padStart(6, '0')

/** A customer of the product, registered as everyone is. */
export async function register(customer = newCustomer(), client = newClient()): Promise<Customer> {
  const { password, ...typed } = customer
  await client.send('/register', 'Daftar', { ...typed, password })
  const done = await client.send('/register/code', 'Verifikasi', {
    code: await nextCode(customer.phone),
  })
  if (done.path !== '/register/done') throw new Error(`the registration ended at ${done.path}`)
  return customer
}

/** A browser in which the customer is signed in. */
export async function signIn({ email, password }: Customer, client = newClient()): Promise<Client> {
  const page = await client.send('/login', 'Masuk', { identifier: email, password })
  if (page.path !== '/profile') throw new Error(`the login ended at ${page.path}`)
  return client
}

/** Saves a recovery address with the code from the primary phone. It waits for its own code. */
export async function saveRecovery(
  client: Client,
  { phone }: Customer,
  kind: Kind,
  address: string,
) {
  await client.send(`/profile/recovery/${kind}`, 'Simpan', { [kind]: address })
  return client.send('/profile/recovery/authorise', 'Verifikasi', { code: await nextCode(phone) })
}

/** Saves a recovery address and confirms it with the code that it received. */
export async function addRecovery(client: Client, customer: Customer, kind: Kind, address: string) {
  const saved = await saveRecovery(client, customer, kind, address)
  const done = await client.press(saved, 'Verifikasi', { code: await nextCode(address) })
  if (done.location !== '/profile/recovery/done')
    throw new Error(`the confirmation ended at ${done.location}`)
}
