import { randomBytes, randomInt } from 'node:crypto'
import { vi } from 'vitest'
import { type Client, newClient } from './client'
import { query } from './product-database'
import { inbox } from './running'

export type Customer = { name: string; email: string; phone: string; password: string }

export type Kind = 'email' | 'phone'

const PATIENCE = { timeout: 15_000, interval: 25 }

export const newEmail = (domain = 'surat.example') =>
  `warga.${randomBytes(5).toString('hex')}@${domain}`
export const newPhone = () => `0813${randomInt(10_000_000, 99_999_999)}`
export const newAddress = (kind: Kind) => (kind === 'email' ? newEmail() : newPhone())

/** The data of a customer who is not registered. */
export const newCustomer = (given: Partial<Customer> = {}): Customer => ({
  name: 'Ratna Wulandari',
  email: newEmail(),
  phone: newPhone(),
  password: 'perahu kertas di atas atap',
  ...given,
})

export const OTHER_PASSWORD = 'sepeda ungu menyeberang danau'

const read = new Set<string>()

/** Waits for the code of the newest unread message to an address. */
export async function nextCode(to: string, purpose = ''): Promise<string> {
  return (await nextMessage(to, `code.${purpose}`)).text.match(/\b\d{6}\b/)?.[0] ?? ''
}

/**
 * Waits for the newest unread message to an address whose kind begins with `kind`, and that arrived
 * after `since`. Marks it as read.
 */
export function nextMessage(to: string, kind: string, since = new Date(0)) {
  let countedBefore = ''
  return vi.waitFor(async () => {
    const count = await countReceived()
    // An answer of the inbox takes the product twenty times as long as this count.
    if (count === countedBefore) throw new Error(`no new message ${kind} to ${to}`)
    countedBefore = count
    const found = (await inbox(to)).find(
      (message) =>
        message.kind.startsWith(kind) &&
        !read.has(message.id) &&
        new Date(message.createdAt) >= since,
    )
    if (!found) throw new Error(`no new message ${kind} to ${to}`)
    read.add(found.id)
    return found
  }, PATIENCE)
}

async function countReceived(): Promise<string> {
  const [row] = await query<{ count: string }>('select count(*) from "InboxMessage"')
  return row?.count ?? ''
}

/** The kinds of all messages that an address has received, newest first. */
export async function kindsTo(to: string): Promise<string[]> {
  return (await inbox(to)).map(({ kind }) => kind)
}

/** A code that differs from this one, and for each `nth`. */
export const wrongCode = (code: string, index = 1) =>
  String((Number(code) + index) % 1_000_000).padStart(6, '0')

/** Registers a customer through the pages, without the code that confirms the e-mail. */
export async function walkToAccount(
  customer = newCustomer(),
  client = newClient(),
): Promise<Customer> {
  const { password, ...typed } = customer
  await client.send('/register', 'Daftar', { ...typed, password })
  const code = await nextCode(customer.phone)
  const created = await client.send('/register/code', 'Verifikasi', { code })
  if (created.path !== '/register/email') throw new Error(`the code led to ${created.path}`)
  return customer
}

/** Registers a customer through the pages, and confirms the e-mail. */
export async function walkRegistration(
  customer = newCustomer(),
  client = newClient(),
): Promise<Customer> {
  await walkToAccount(customer, client)
  const code = await nextCode(customer.email)
  const done = await client.send('/register/email', 'Verifikasi', { code })
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

/**
 * Walks the wizard to the confirmation: the code to the primary phone saves the address, which
 * stays unconfirmed.
 */
export async function walkToConfirmation(
  client: Client,
  { phone }: Customer,
  kind: Kind,
  address: string,
) {
  await client.send(`/profile/recovery/${kind}`, 'Simpan', { [kind]: address })
  return client.send('/profile/recovery/authorise', 'Verifikasi', { code: await nextCode(phone) })
}

/** Walks the wizard to its end: the code to the address confirms it. */
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
