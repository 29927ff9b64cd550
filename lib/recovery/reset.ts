import { checkUserPassword, hashPassword, type PasswordRefusal, replacePassword } from '@/lib/account'
import { type AnyAddress, findPrimary, formatAddress, type HeldAddress, listAddresses, lookupOf } from '@/lib/address'
import { answerChallenge, type CodeRefusal, findChallenge, issueToBrowser, openPayload, spendChallenge } from '@/lib/challenge'
import { db, transaction } from '@/lib/db'
import { takeSend, takeTarget } from '@/lib/limits'
import type { Locale } from '@/lib/locale'
import type { Origin } from '@/lib/origin'
import { done, type Result, refuse } from '@/lib/result'

/** The two choices that everyone is offered, whatever the account holds. */
export type ResetChoice = 'primary_phone' | 'recovery'

const NOBODY = '00000000-0000-0000-0000-000000000000'

export type ResetRequest = { identifier: AnyAddress; choice: ResetChoice; locale: Locale; origin: Origin; now: Date }

/**
 * Begins a reset: a code to the primary phone, or one to every confirmed recovery address. An unknown account, and one
 * without such an address, is given a decoy: the same statements, limits and screens, and no code (ASVS 6.3.8).
 */
export async function startReset(request: ResetRequest): Promise<Result<{ secret: string }, 'send_throttled'>> {
  const { identifier, choice, locale, origin, now } = request
  const subject = lookupOf(identifier)
  const throttled = await takeSend(subject, origin.ip)
  if (throttled) return throttled
  const owner = await findPrimary(db(), identifier)
  const held = await listAddresses(db(), owner?.userId ?? NOBODY)
  const recipients = await withinLimits(recipientsOf(held, choice), subject)
  const userId = recipients.length > 0 && owner ? owner.userId : null
  const channel = choice === 'primary_phone' ? 'sms' : 'email'
  const payload = formatAddress(identifier)
  const question = { purpose: 'reset_password', userId, subject, recipients, channel, payload, locale, now } as const
  return done(await transaction((tx) => issueToBrowser(tx, question)))
}

/** The right code passes the challenge; until it is spent or 15 minutes are over it permits one new password, nothing else. */
export async function passReset(secret: string, code: string, now: Date): Promise<Result<undefined, CodeRefusal>> {
  return answerChallenge({ secret }, 'reset_password', code, now, async () => undefined)
}

export type NewPassword = { secret: string; password: string; origin: Origin; now: Date }

/**
 * Puts the new password in place. A refused password spends nothing; an accepted one spends the challenge, ends every
 * session, closes every open challenge and notifies every address in one transaction (ASVS 7.4.3, 6.3.7).
 */
export async function completeReset({
  secret,
  password,
  origin,
  now,
}: NewPassword): Promise<Result<undefined, 'challenge_gone' | PasswordRefusal>> {
  const challenge = await findChallenge({ secret }, 'reset_password', now)
  if (!challenge?.passedAt || !challenge.userId) return refuse('challenge_gone')
  const { userId } = challenge
  const user = await db().user.findUniqueOrThrow({ where: { id: userId }, select: { id: true, name: true } })
  const checked = await checkUserPassword(user, password)
  if (!checked.ok) return checked
  const passwordHash = await hashPassword(password)
  return transaction(async (tx) => {
    if (!(await spendChallenge(tx, challenge.id, now))) return refuse('challenge_gone')
    await replacePassword(tx, { userId, passwordHash, type: 'password_reset', origin, now })
    return done()
  })
}

/** The identifier that was typed at the start of a passed reset: what a password manager is to keep with the new password. */
export async function resetIdentifier(secret: string, now: Date): Promise<string | null> {
  const challenge = await findChallenge({ secret }, 'reset_password', now)
  return challenge?.passedAt ? openPayload(challenge) : null
}

function recipientsOf(held: readonly HeldAddress[], choice: ResetChoice): AnyAddress[] {
  const isChosen = ({ role, address, confirmedAt }: HeldAddress) =>
    confirmedAt !== null && (choice === 'recovery' ? role === 'recovery' : role === 'primary' && address.kind === 'phone')
  return held.filter(isChosen).map(({ address }) => address)
}

/** Drops the addresses that were sent too much; where there is none, the same question is asked of the submitted one. */
async function withinLimits(recipients: AnyAddress[], subject: string) {
  if (recipients.length === 0) await takeTarget(`nobody:${subject}`)
  const allowed: AnyAddress[] = []
  for (const recipient of recipients) if (await takeTarget(lookupOf(recipient))) allowed.push(recipient)
  return allowed
}
