import { cookieOf, openConnections } from './browser-requests'
import { cycle, type Flow, type FlowName, SIGNED_IN, unknownEmail, type Visit } from './flow'
import { expectRedirect, type Series } from './product-forms'
import { enterWrongCodes, openCodePages, requestCodes, setPasswords } from './product-resets'
import { createVisitor, type ProductSite, SESSION_COOKIE, type Visitor } from './product-visitor'
import { type BenchCustomer, PASSWORD } from './seed'
import type { Customers } from './testbed'

/** The flows of the product, for browsers with or without JavaScript. */
export function productFlows(site: ProductSite, series: Series): Partial<Record<FlowName, Flow>> {
  const visitor = createVisitor(site, series)
  const { logins, resets } = site.customers
  const others = cycle(resets)
  const take = (count: number) => Array.from({ length: count }, () => others.next().value)
  const nextPhone = () => others.next().value.phone
  return {
    login: { hashes: 1, prepare: () => logIn(visitor, logins, knownBrowser) },
    'login-new': { hashes: 1, prepare: () => logIn(visitor, logins, () => undefined) },
    'login-unknown': { hashes: 1, prepare: () => logInUnknown(visitor) },
    reset: { hashes: 0, prepare: () => requestCodes(visitor, nextPhone) },
    'reset-unknown': { hashes: 0, prepare: () => requestCodes(visitor, unknownEmail) },
    password: { hashes: 1, prepare: (count) => setPasswords(visitor, take, count) },
    code: { hashes: 0, prepare: (count) => enterWrongCodes(visitor, take, count) },
    // A page is opened in the same way with and without JavaScript.
    ...(series === 'form' && {
      'code-page': { hashes: 0, prepare: () => openCodePages(visitor, take) },
      profile: { hashes: 0, prepare: () => openProfiles(visitor, logins) },
    }),
  }
}

const knownBrowser = ({ device }: BenchCustomer) => `device=${device}`

async function logIn(
  visitor: Visitor,
  customers: readonly BenchCustomer[],
  cookieFor: (customer: BenchCustomer) => string | undefined,
) {
  const form = await visitor.formOf('/login', 'identifier')
  return cycle(
    customers.map(
      (customer): Visit =>
        async (send) => {
          const values = { identifier: customer.email, password: PASSWORD }
          const post = visitor.post(form, values, cookieFor(customer))
          expectRedirect(await send(post, visitor.redirectStatus), '/profile')
        },
    ),
  )
}

async function logInUnknown(visitor: Visitor) {
  const form = await visitor.formOf('/login', 'identifier')
  const visit: Visit = async (send) => {
    await send(visitor.post(form, { identifier: unknownEmail(), password: PASSWORD }), 200)
  }
  return cycle([visit])
}

async function openProfiles(visitor: Visitor, customers: readonly BenchCustomer[]) {
  const cookies = await signIn(visitor, customers.slice(0, SIGNED_IN))
  return cycle(
    cookies.map(
      (cookie): Visit =>
        async (send) => {
          await send(visitor.page('/profile', cookie), 200)
        },
    ),
  )
}

/** Signs customers in, and returns the cookies of their browsers. */
async function signIn(visitor: Visitor, customers: readonly BenchCustomer[]): Promise<string[]> {
  const form = await visitor.formOf('/login', 'identifier')
  return Promise.all(
    customers.map(async (customer) => {
      const known = knownBrowser(customer)
      const values = { identifier: customer.email, password: PASSWORD }
      const reply = await visitor.submit(form, values, known)
      return `${known}; ${SESSION_COOKIE}=${cookieOf(reply, SESSION_COOKIE)}`
    }),
  )
}

/** The page of the profile of a signed-in customer. */
export async function readProfile(origin: string, customers: Customers): Promise<string> {
  const { send: open, close } = openConnections(origin)
  const visitor = createVisitor({ origin, customers, open }, 'form')
  const [cookie] = await signIn(visitor, customers.logins.slice(0, 1))
  const { status, body } = await open(visitor.readable('/profile', cookie))
  await close()
  if (status !== 200) throw new Error(`the profile answered ${status}`)
  return body.toString()
}
