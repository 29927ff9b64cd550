import { reportUsedUp } from '@/lib/activity'
import { type AnyAddress, blindIndexesOf, OWNER_OF_PRIMARY, parseIdentifier } from '@/lib/addresses'
import { type AttemptScope, type Charge, chargeAttempt, clearAttempts } from '@/lib/challenges'
import { keyedHashes } from '@/lib/platform/crypto'
import { type Consumed, takeOnce } from '@/lib/platform/limit-uses'
import type { Origin } from '@/lib/platform/origin'
import type { GivenProof } from '@/lib/platform/proof-of-work'
import { done, type Result, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import { onPool, readTogether, sqlTransaction } from '@/lib/platform/sql'
import { type Sql, statement } from '@/lib/platform/statement'
import { admitStranger, countFree, refusedAs, type StrangerRequest } from '@/lib/platform/strangers'
import type { User } from '@/prisma/client/client'
import { findDevices } from './devices'
import { enter, type LoginOutcome } from './enter'
import { verifyPassword } from './password'

/** After every so many wrong passwords in a row the owner is told, once a day. */
const FAILURES_PER_NOTICE = 10
const DAY_SECONDS = 24 * 60 * 60

export type Login = {
  identifier: string
  password: string
  origin: Origin
  proof?: GivenProof | undefined
  now: Date
}

type LoginRefusal = 'login_wrong' | 'login_throttled' | 'proof_needed' | 'password_restored'

/**
 * Opens a session for an identifier, in any notation, and a password. Every address is notified of
 * a browser that is not a known device. A frozen account opens no session. The attempt is counted
 * before the password is compared; a known device has attempts of its own.
 * Refused: `password_restored` to a right password that may be an earlier one, because the database was
 * restored; `login_wrong`, also for an unknown identifier, with the same statements and an equal
 * hash (ASVS 6.3.8), and for every password while the account's attempts are used up;
 * `proof_needed` with the proof; `login_throttled` with seconds.
 */
export async function logIn({
  identifier,
  password,
  origin,
  proof,
  now,
}: Login): Promise<Result<LoginOutcome, LoginRefusal>> {
  const parsed = parseIdentifier(identifier)
  const address = parsed.ok ? parsed.value : undefined
  const [key, ...formerKeys] = address
    ? blindIndexesOf(address)
    : keyedHashes(identifier, 'login.malformed')
  const asked = { wish: 'login', key, formerKeys, ip: origin.ip, proof, now } as const
  const [user, devices, free] = await readTogether((sql) => findAsked(sql, address, asked, origin))
  const device = devices.find(({ userId }) => userId === user?.id)?.secretHash
  const account = user?.id ?? key
  const counted = await countAttempt({ account, device, asked, free })
  if (!counted.ok) return counted
  const { charge, withdraw } = counted.value
  const isRight = await verifyPassword(user?.passwordHash, password)
  if (!isRight || !user || !charge) {
    logFailure(user, key, charge)
    await reportFailures(user, account, charge, origin, now)
    return refuse('login_wrong')
  }
  const outcome = await sqlTransaction(async (sql) => {
    const entered = await enter(sql, { user, device, origin, now })
    // After the lock of the user, as a completed reset does.
    await Promise.all([clearAttempts(sql, charge.owner), withdraw(sql)])
    return entered
  })
  return 'needsReset' in outcome ? refuse('password_restored') : done(outcome)
}

/**
 * Finds the account and the known devices of the browser in one round trip. A browser without a device
 * cookie is a stranger, and its request is counted in the same round trip.
 */
const findAsked = (
  sql: Sql,
  address: AnyAddress | undefined,
  asked: StrangerRequest,
  origin: Origin,
) =>
  Promise.all([
    findOwner(sql, address),
    findDevices(sql, origin),
    origin.deviceSecrets?.length ? undefined : countFree(asked, sql),
  ])

/**
 * `device`: the hash of this browser's secret for the account, if it is a known device. `free`: how the
 * request was counted, if it was.
 */
type Attempt = {
  account: string
  device: string | undefined
  asked: StrangerRequest
  free: Consumed | undefined
}

/** `charge`: undefined when the account's attempts are used up, which the caller must not show. */
type Counted = { charge: Charge | undefined; withdraw: (sql: Sql) => Promise<void> }

async function countAttempt({
  account,
  device,
  asked,
  free,
}: Attempt): Promise<Result<Counted, 'proof_needed' | 'login_throttled'>> {
  const { now } = asked
  if (device) {
    const charge = await chargeAt(account, { kind: 'device', id: device }, now)
    if (charge) return done({ charge, withdraw: async () => {} })
  }
  const admitted = await admitStranger(asked, free)
  if (!admitted.ok) return refusedAs(admitted, 'login_throttled')
  const charge = await chargeAt(account, { kind: 'unknown' }, now)
  return done({ charge, withdraw: admitted.value.withdraw })
}

const chargeAt = (account: string, scope: AttemptScope, now: Date) =>
  chargeAttempt({ account, path: 'password', scope }, now)

function logFailure(user: Owner | undefined, identifier: string, charge: Charge | undefined) {
  const subject = { userId: user?.id ?? null, purpose: 'login', identifier }
  if (charge)
    logSecurity('authn_login_fail', { ...subject, reason: user ? 'wrong' : 'unknown_account' })
  else logSecurity('authn_login_fail_max', subject)
}

async function reportFailures(
  user: Owner | undefined,
  account: string,
  charge: Charge | undefined,
  origin: Origin,
  now: Date,
) {
  if (charge && charge.failures % FAILURES_PER_NOTICE !== 0) return
  if (await takeOnce(`password-notice:${account}`, DAY_SECONDS))
    await reportUsedUp(onPool, { userId: user?.id ?? null, what: 'password', origin, now })
}

/** The account that an identifier names. */
type Owner = Pick<User, 'id' | 'passwordHash' | 'passwordVersion'>

async function findOwner(sql: Sql, address: AnyAddress | undefined): Promise<Owner | undefined> {
  const [owner] = await sql.run(FIND_OWNER, [address ? blindIndexesOf(address) : []])
  return owner
}

const FIND_OWNER = statement<Owner>(
  'find_owner',
  `select id, "passwordHash", "passwordVersion" from "User" where id = ${OWNER_OF_PRIMARY}`,
)
