import * as z from 'zod'
import { recordEvent } from '@/lib/activity'
import { type Email, formatAddress, fromStored } from '@/lib/addresses'
import {
  type ChallengeView,
  type CodeRefusal,
  countSends,
  describeChallenge,
  findChallenge,
  openPayload,
  redeemChallenge,
} from '@/lib/challenges'
import { type Tx, withSavepoint } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { done, type Result } from '@/lib/platform/result'
import { creditNetwork } from '@/lib/platform/strangers'
import { createAccount, type NewAccount } from './create-account'
import { findDevices, keepDevice } from './devices'
import { type OpenedSession, openSession } from './sessions'

const payloadShape = z.object({
  name: z.string(),
  email: z.string(),
  phone: z.string(),
  passwordHash: z.string(),
  locale: z.enum(['id', 'en']),
})

/** The payload of the challenge of a registration. */
export const writePayload = ({ email, phone, ...account }: NewAccount): string =>
  JSON.stringify({
    ...account,
    email: email.value,
    phone: phone.value,
  } satisfies z.input<typeof payloadShape>)

function readPayload(payload: string): NewAccount {
  const { email, phone, ...account } = payloadShape.parse(JSON.parse(payload))
  return { ...account, email: fromStored('email', email), phone: fromStored('phone', phone) }
}

/** A registration that waits for its code: what was typed, as it is shown, and the state of the code. */
export type BegunRegistration = {
  typed: { name: string; email: string; phone: string }
  view: ChallengeView
}

/**
 * The registration that this browser has begun, for a form that is opened again and for the screen of its
 * code; undefined without a live one. The password is not among what was typed.
 */
export async function findRegistration(
  secret: string,
  now: Date,
): Promise<BegunRegistration | undefined> {
  const challenge = await findChallenge({ secret }, 'register', now)
  if (!challenge) return undefined
  const { name, email, phone } = readPayload(openPayload(challenge))
  return {
    typed: { name, email: formatAddress(email), phone: formatAddress(phone) },
    view: await describeChallenge(challenge, { secret }, now),
  }
}

/** A new account, its first session, and the new content of the browser's device cookie. */
export type Registered = {
  userId: string
  email: Email
  session: OpenedSession
  deviceSecrets: string[]
}

/**
 * Redeems the code, creates the account and opens its first session: user, addresses, event, welcome
 * message, known device and session in one transaction. The number is proven and the password was
 * chosen in this browser, so nothing is left to ask. The e-mail is to be confirmed: it neither logs
 * in nor receives notifications yet, whether or not another account has it. Refused as by
 * `redeemChallenge`; `phone_taken` when the number got an account in the meantime, which is shown to
 * somebody who reads its SMS.
 */
export async function completeRegistration(
  secret: string,
  code: string,
  origin: Origin,
  now: Date,
): Promise<Result<Registered, CodeRefusal | 'phone_taken'>> {
  const answer = { ref: { secret }, purpose: 'register', code, origin, now } as const
  const redeemed = await redeemChallenge(answer, async (tx, challenge) => {
    const { phoneChannel } = challenge
    const account = { ...readPayload(openPayload(challenge)), phoneChannel }
    const created = await withSavepoint(tx, () => createAccount(tx, account, origin, now))
    if (!created.ok) return created
    const entered = await enterFirst(tx, created.value, origin, now)
    return done({ ...entered, email: account.email, sends: countSends(challenge) })
  })
  if (!redeemed.ok) return redeemed
  const { sends, ...created } = redeemed.value
  await creditNetwork('register', origin.ip, sends)
  return done(created)
}

type Created = { userId: string; passwordVersion: number }

/**
 * Signs the browser in that created an account, and makes it a known device. The activity lists this
 * log-in; nobody is notified of it, as the account's owner has just registered.
 */
async function enterFirst(tx: Tx, { userId, passwordVersion }: Created, origin: Origin, now: Date) {
  const devices = await findDevices(tx, origin)
  const { device, secrets } = await keepDevice(tx, devices, userId, origin, now)
  await recordEvent(tx, { userId, type: 'new_device', origin, now, notify: [] })
  const session = await openSession(tx, { userId, passwordVersion, device, origin, now })
  return { userId, session, deviceSecrets: secrets }
}
