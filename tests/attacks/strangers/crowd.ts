import { type Client, newClient } from '../../support/client'
import type { Customer } from '../../support/customers'
import { insertCustomer } from '../../support/fixtures'

/**
 * Opens a page once for a crowd: each of its browsers has the cookies of a first visit, and calls
 * from a network of its own unless an address is given.
 */
export async function gather(path: string, ip?: string) {
  const first = newClient()
  const page = await first.open(path)
  function newVisitor(): Client {
    const visitor = ip === undefined ? newClient() : newClient({ ip })
    for (const [name, value] of first.cookies) visitor.cookies.set(name, value)
    return visitor
  }
  return { page, newVisitor }
}

/** Inserts customers one after the other: they share a connection. */
export async function insertEach(given: readonly Partial<Customer>[]): Promise<Customer[]> {
  const customers: Customer[] = []
  for (const facts of given) customers.push(await insertCustomer(facts))
  return customers
}
