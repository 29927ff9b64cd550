import { randomBytes } from 'node:crypto'
import {
  cookieOf,
  fetchHeaders,
  navigationHeaders,
  postHeaders,
  type Reply,
  type Sending,
} from './browser-requests'
import {
  cycle,
  type Flow,
  type FlowName,
  SIGNED_IN,
  unknownEmail,
  unknownPhone,
  type Visit,
} from './flow'
import { PEER_CODE, type PeerDatabase } from './peer-seed'
import { type BenchCustomer, PASSWORD } from './seed'
import type { Customers } from './testbed'

const SESSION = 'better-auth.session_token'
const WRONG_CODES = 4

type PeerSite = {
  origin: string
  customers: Customers
  database: PeerDatabase
  open(sending: Sending): Promise<Reply>
}

/** The flows of the peer that correspond to those of the product. It has no known browsers. */
export function peerFlows(site: PeerSite): Partial<Record<FlowName, Flow>> {
  const { logins, resets } = site.customers
  const others = cycle(resets)
  const begin = async (count: number) => {
    const customers = Array.from({ length: count }, () => others.next().value)
    await site.database.beginResets(customers)
    return customers
  }
  const { post, signIn, answer } = requestsTo(site.origin)
  const sending = (make: () => Sending, status: number): Visit => {
    return async (send) => void (await send(make(), status))
  }
  const logIn = () => cycle(logins.map((each) => sending(() => signIn(each.email), 200)))
  const requestCode = (nextPhone: () => string) => {
    const path = '/phone-number/request-password-reset'
    return cycle([sending(() => post(path, { phoneNumber: nextPhone() }), 200)])
  }
  const wrongCodes = ({ phone }: BenchCustomer) =>
    Array.from({ length: WRONG_CODES }, (_, nth) =>
      sending(() => answer(phone, String(Number(PEER_CODE) + nth + 1)), 400),
    )
  const rightCode = ({ phone }: BenchCustomer) => sending(() => answer(phone, PEER_CODE), 200)
  const strangers = () => cycle([sending(() => signIn(unknownEmail()), 401)])
  const nextPhone = () => others.next().value.phone
  return {
    login: { hashes: 1, prepare: async () => logIn() },
    'login-new': { hashes: 1, prepare: async () => logIn() },
    'login-unknown': { hashes: 1, prepare: async () => strangers() },
    reset: { hashes: 0, prepare: async () => requestCode(nextPhone) },
    'reset-unknown': { hashes: 0, prepare: async () => requestCode(unknownPhone) },
    password: {
      hashes: 1,
      prepare: async (count) => (await begin(count)).map(rightCode).values(),
    },
    code: {
      hashes: 0,
      prepare: async (count) =>
        (await begin(Math.ceil(count / WRONG_CODES))).flatMap(wrongCodes).values(),
    },
    profile: { hashes: 0, prepare: () => openPages(site, logins.slice(0, SIGNED_IN)) },
  }
}

function requestsTo(origin: string) {
  const post = (path: string, values: object): Sending => ({
    path: `/api/auth${path}`,
    headers: {
      ...fetchHeaders(''),
      ...postHeaders(origin, '/'),
      accept: '*/*',
      'content-type': 'application/json',
    },
    body: JSON.stringify(values),
  })
  return {
    post,
    signIn: (email: string) => post('/sign-in/email', { email, password: PASSWORD }),
    answer: (phoneNumber: string, otp: string) => {
      const newPassword = `kata sandi ${randomBytes(9).toString('hex')}`
      return post('/phone-number/reset-password', { phoneNumber, otp, newPassword })
    },
  }
}

/** A page of one line that reads the session. */
async function openPages({ origin, open }: PeerSite, customers: readonly BenchCustomer[]) {
  const { signIn } = requestsTo(origin)
  const cookies = await Promise.all(
    customers.map(async ({ email }) => cookieOf(await open(signIn(email)), SESSION)),
  )
  return cycle(
    cookies.map(
      (cookie): Visit =>
        async (send) => {
          await send({ path: '/', headers: navigationHeaders(`${SESSION}=${cookie}`) }, 200)
        },
    ),
  )
}
