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

/** Registers a customer through the pages. */
export async function walkRegistration(
  customer = newCustomer(),
  client = newClient(),
): Promise<Customer> {
  const { password, ...typed } = customer
  await client.send('/register', 'Daftar', { ...typed, password })
  const done = await client.send('/register/code', 'Verifikasi', {
    code: await nextCode(customer.phone),
  })
  if (done.path !== '/register/done') throw new Error(`the registration ended at ${done.path}`)
  return customer
}

/** Logs a customer in through the pages. */
export async function walkLogin(
  { email, password }: Customer,
  client = newClient(),
): Promise<Client> {
  const page = await client.send('/login', 'Masuk', { identifier: email, password })
  if (page.path !== '/profile') throw new Error(`the login ended at ${page.path}`)
  return client
}

/** Walks the wizard up to the confirmation: the code from the primary phone saves the address, which waits for its own. */
export async function walkToConfirmation(
  client: Client,
  { phone }: Customer,
  kind: Kind,
  address: string,
) {
  await client.send(`/profile/recovery/${kind}`, 'Simpan', { [kind]: address })
  return client.send('/profile/recovery/authorise', 'Verifikasi', { code: await nextCode(phone) })
}

/** Walks the wizard to its end: the code that the address received confirms it. */
export async function walkRecovery(
  client: Client,
  customer: Customer,
  kind: Kind,
  address: string,
) {
  const saved = await walkToConfirmation(client, customer, kind, address)
  const done = await client.press(saved, 'Verifikasi', { code: await nextCode(address) })
  if (done.location !== '/profile/recovery/done')
    throw new Error(`the confirmation ended at ${done.location}`)
}
