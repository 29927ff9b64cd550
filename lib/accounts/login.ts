import { recordEvent, reportUsedUp } from '@/lib/activity'
import {
  type AnyAddress,
  blindIndexOf,
  findPrimary,
  listAddresses,
  parseIdentifier,
} from '@/lib/addresses'
import { type AttemptScope, type Charge, chargeAttempt, clearAttempts } from '@/lib/challenges'
import { keyedHash } from '@/lib/platform/crypto'
import { db, lockUser, NIL_UUID, type Tx, transaction } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import type { GivenProof } from '@/lib/platform/proof-of-work'
import { takeOnce } from '@/lib/platform/rate-limits'
import { done, type Result, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import { admitStranger, refusedAs } from '@/lib/platform/strangers'
import type { User } from '@/prisma/client/client'
import { findDevices, keepDevice } from './devices'
import { verifyPassword } from './password'
import { type OpenedSession, openSession } from './sessions'

/** After every so many wrong passwords in a row the owner is told, once a day. */
const FAILURES_PER_NOTICE = 10
const DAY_SECONDS = 24 * 60 * 60

/**
 * The result of a right password: a session and the new content of the device cookie, or the user
 * of a frozen account, which can only be unfrozen.
 */
export type LoginOutcome =
  | { session: OpenedSession; deviceSecrets: string[] }
  | { frozenUserId: string }

export type Login = {
  identifier: string
  password: string
  origin: Origin
  proof?: GivenProof | undefined
  now: Date
}

type LoginRefusal = 'login_wrong' | 'login_throttled' | 'proof_needed'

/**
 * Opens a session for an identifier, in any notation, and a password. Every address is notified of
 * a browser that is not a known device. A frozen account opens no session. The attempt is counted
 * before the password is compared; a known device has attempts of its own.
 * Refused: `login_wrong`, also for an unknown identifier, with the same statements and an equal
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
  const key = address ? blindIndexOf(address) : keyedHash(identifier, 'login.malformed')
  const [user, devices] = [await findOwner(address), await findDevices(db(), origin)]
  const device = devices.find(({ userId }) => userId === user?.id)
  const count = { account: user?.id ?? key, device: device?.secretHash, key, origin, proof, now }
  const counted = await countAttempt(count)
  if (!counted.ok) return counted
  const { charge, withdraw } = counted.value
  const isRight = await verifyPassword(user?.passwordHash, password)
  if (!isRight || !user || !charge) {
    logFailure(user, key, charge)
    await reportFailures(user, count.account, charge, origin, now)
    return refuse('login_wrong')
  }
  const outcome = await transaction(async (tx) => {
    const entered = await enter(tx, user, origin, now)
    // After the lock of the user, as a completed reset does.
    await clearAttempts(tx, charge.owner)
    return entered
  })
  await withdraw()
  return done(outcome)
}

/** `device`: the hash of this browser's secret for the account, if it is a known device. */
type Attempt = {
  account: string
  device: string | undefined
  key: string
  origin: Origin
  proof: GivenProof | undefined
  now: Date
}

/** `charge`: undefined when the account's attempts are used up, which the caller must not show. */
type Counted = { charge: Charge | undefined; withdraw: () => Promise<void> }

async function countAttempt({
  account,
  device,
  key,
  origin: { ip },
  proof,
  now,
}: Attempt): Promise<Result<Counted, 'proof_needed' | 'login_throttled'>> {
  if (device) {
    const charge = await chargeAt(account, { kind: 'device', id: device }, now)
    if (charge) return done({ charge, withdraw: async () => {} })
  }
  const admitted = await admitStranger({ wish: 'login', key, ip, proof, now })
  if (!admitted.ok) return refusedAs(admitted, 'login_throttled')
  const charge = await chargeAt(account, { kind: 'unknown' }, now)
  return done({ charge, withdraw: admitted.value.withdraw })
}

const chargeAt = (account: string, scope: AttemptScope, now: Date) =>
  chargeAttempt({ account, path: 'password', scope }, now)

function logFailure(user: User | null, identifier: string, charge: Charge | undefined) {
  const subject = { userId: user?.id ?? null, purpose: 'login', identifier }
  if (charge)
    logSecurity('authn_login_fail', { ...subject, reason: user ? 'wrong' : 'unknown_account' })
  else logSecurity('authn_login_fail_max', subject)
}

async function reportFailures(
  user: User | null,
  account: string,
  charge: Charge | undefined,
  origin: Origin,
  now: Date,
) {
  if (charge && charge.failures % FAILURES_PER_NOTICE !== 0) return
  if (await takeOnce(`password-notice:${account}`, DAY_SECONDS))
    await reportUsedUp(db(), { userId: user?.id ?? null, what: 'password', origin, now })
}

async function enter(
  tx: Tx,
  { id: userId, passwordVersion }: User,
  origin: Origin,
  now: Date,
): Promise<LoginOutcome> {
  if ((await lockUser(tx, userId)).isFrozen) {
    logSecurity('authn_login_fail', { userId, purpose: 'login', reason: 'account_frozen' })
    return { frozenUserId: userId }
  }
  logSecurity('authn_login_success', { userId, purpose: 'login' })
  // The first login of an account is no news.
  const isFirst = (await tx.session.count({ where: { userId } })) === 0
  const { device, isNew, secrets } = await keepDevice(tx, userId, origin, now)
  if (isNew && !isFirst)
    await recordEvent(tx, {
      userId,
      type: 'new_device',
      origin,
      now,
      notify: await listAddresses(tx, userId),
    })
  const session = await openSession(tx, { userId, passwordVersion, device, origin, now })
  return { session, deviceSecrets: secrets }
}

async function findOwner(address: AnyAddress | undefined) {
  const held = address && (await findPrimary(db(), address))
  return db().user.findUnique({ where: { id: held?.userId ?? NIL_UUID } })
}
