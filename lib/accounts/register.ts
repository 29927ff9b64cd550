import {
  blindIndexesOf,
  blindIndexOf,
  type Email,
  findPrimary,
  type Phone,
  trimTyped,
} from '@/lib/addresses'
import { issueToBrowser, recipientKey } from '@/lib/challenges'
import { admitNewNumber, type PhoneChannel, sendMessages } from '@/lib/messaging'
import { db, type Tx, transaction } from '@/lib/platform/db'
import { NAME_MAX_CHARACTERS } from '@/lib/platform/input-limits'
import type { Locale } from '@/lib/platform/locale'
import { networkOf } from '@/lib/platform/networks'
import type { Origin } from '@/lib/platform/origin'
import type { GivenProof } from '@/lib/platform/proof-of-work'
import { consumeEstimateLimit, consumeRecipientLimit } from '@/lib/platform/rate-limits'
import { done, type Refused, type Result, refuse } from '@/lib/platform/result'
import { admitStranger, refusedAs } from '@/lib/platform/strangers'
import { writePayload } from './complete-registration'
import type { NewAccount } from './create-account'
import { checkPassword, hashPassword, type PasswordRefusal, refuseLength } from './password'

/** An hour: "You already have an account" is useful while its reader still waits for the code. */
const ALREADY_REGISTERED_LIFETIME_MS = 60 * 60 * 1_000

export type Registration = {
  name: string
  email: Email
  phone: Phone
  password: string
  /** How the code is sent; by SMS unless it is said. */
  phoneChannel?: PhoneChannel | undefined
  /** Of the registration that this browser has begun before, if any. */
  secret?: string
  locale: Locale
  origin: Origin
  proof?: GivenProof | undefined
  now: Date
}

export type RegistrationRefusal =
  | 'name_missing'
  | 'name_too_long'
  | PasswordRefusal
  | 'send_throttled'
  | 'proof_needed'

/**
 * Starts a registration and returns the secret for the browser's cookie. Sends a code to the mobile
 * number; only the encrypted challenge is stored. The owner of a taken number gets a message
 * instead, and the screens are the same (ASVS 6.3.8). Who has the e-mail does not matter here.
 * Refused: the reasons of a name or a password, `proof_needed` with the proof, and
 * `send_throttled` with seconds.
 */
export async function startRegistration(
  registration: Registration,
): Promise<Result<{ secret: string }, RegistrationRefusal>> {
  const { email, phone, password, locale, origin, proof, now } = registration
  const name = tidyName(registration.name)
  const refusal =
    refuseName(name) ?? refuseLength(password) ?? (await consumeEstimateLimit(networkOf(origin.ip)))
  if (refusal) return refusal
  const checked = await checkPassword(password, { name, addresses: [email, phone] })
  if (!checked.ok) return checked
  const [key, ...formerKeys] = blindIndexesOf(phone)
  const asked = { key, formerKeys, ip: origin.ip, proof, now }
  const admitted = await admitStranger({ wish: 'register', ...asked })
  if (!admitted.ok) return refusedAs(admitted, 'send_throttled')
  const throttled = await admitNewNumber(phone, { purpose: 'register', userId: null, origin, now })
  if (throttled) return throttled
  const passwordHash = await hashPassword(password)
  const taken = await findTaken(phone)
  return done(
    await transaction((tx) =>
      issueRegistration(tx, { name, email, phone, passwordHash, locale }, taken, registration),
    ),
  )
}

/** Replaces blanks and control characters (PostgreSQL refuses U+0000) by one blank, and trims. */
function tidyName(typed: string) {
  return trimTyped(typed.replace(/[\s\p{Cc}]+/gu, ' '))
}

function refuseName(name: string): Refused<'name_missing' | 'name_too_long'> | undefined {
  if (name === '') return refuse('name_missing')
  return [...name].length > NAME_MAX_CHARACTERS ? refuse('name_too_long') : undefined
}

/** Whose number it is, if it is taken, and whether its owner may still be sent a message about it. */
type Taken = { ownerId: string | null; tell: Phone | null }

async function findTaken(phone: Phone): Promise<Taken> {
  const ownerId = (await findPrimary(db(), phone))?.userId ?? null
  // Only a message that is sent uses up what its recipient may get. The statements are the same.
  const recipient = `${ownerId ? '' : 'nobody:'}${blindIndexOf(phone)}`
  const mayTell = await consumeRecipientLimit(recipientKey('register', recipient))
  return { ownerId, tell: ownerId && mayTell ? phone : null }
}

/** Writes the same rows for a free and for a taken number; only the recipients differ. */
async function issueRegistration(
  tx: Tx,
  account: NewAccount,
  taken: Taken,
  { secret: earlierSecret, phoneChannel, now }: Registration,
) {
  const { phone, locale } = account
  const secret = await issueToBrowser(tx, {
    purpose: 'register',
    userId: null,
    rateLimitKeys: blindIndexesOf(phone),
    recipients: taken.ownerId ? [] : [phone],
    ...(phoneChannel && { phoneChannel }),
    payload: writePayload(account),
    earlierSecret,
    locale,
    now,
  })
  const expiresAt = new Date(now.getTime() + ALREADY_REGISTERED_LIFETIME_MS)
  const content = { kind: 'already_registered' } as const
  const { tell: to, ownerId } = taken
  const message = { to, channel: 'sms', content, locale, expiresAt } as const
  await sendMessages(tx, [{ ...message, ...(ownerId && { userId: ownerId }) }], now)
  return secret
}
