import { logIn } from '@/lib/accounts'
import { type AnyAddress, addAddress, listAddresses, removeAddress } from '@/lib/addresses'
import { db, transaction } from '@/lib/platform/db'
import {
  completeUnfreeze,
  type Decisions,
  freezeByLink,
  freezeOwnAccount,
  type ProofName,
  passUnfreeze,
  requestUnfreezeCode,
  SLOTS,
  type SlotName,
  startUnfreeze,
  type UnfreezePurpose,
} from '@/lib/recovery'
import {
  type Account,
  addRecovery,
  DAY,
  expectDone,
  later,
  makeAccount,
  NOW,
  newEmail,
  newOrigin,
  newPhone,
  OTHER_PASSWORD,
  PASSWORD,
} from '../support/accounts'
import { messagesTo, newestCode } from '../support/outbox'

/** The times of the theft and of its discovery, long after the registration. */
export const THEFT = later(30 * DAY)
export const SEEN = later(31 * DAY)

/** An account with both recovery addresses, confirmed long before the theft. */
export async function makeGuarded() {
  const account = await makeAccount()
  const [recoveryEmail, recoveryPhone] = [newEmail(), newPhone()]
  await addRecovery(account, recoveryEmail)
  await addRecovery(account, recoveryPhone)
  return { ...account, recoveryEmail, recoveryPhone }
}

export type Guarded = Awaited<ReturnType<typeof makeGuarded>>

/**
 * Replaces the address of a slot by a confirmed one, as a completed change does; null empties the
 * slot.
 */
export async function replaceSlot(
  { userId }: Account,
  slot: SlotName,
  address: AnyAddress | null,
  now = THEFT,
) {
  const role = slot.startsWith('primary') ? 'primary' : 'recovery'
  await transaction(async (tx) => {
    const held = await listAddresses(tx, userId)
    const present = held.find((other) => other.role === role && slot.endsWith(other.address.kind))
    if (present) await removeAddress(tx, present.id, now)
    if (address)
      await expectDone(
        addAddress(tx, { userId, role, address, confirmedAt: now, origin: newOrigin(), now }),
      )
  })
}

/** The token of the link in the newest notice to an address. */
export async function newestLink(address: AnyAddress): Promise<string> {
  for (const { content } of await messagesTo(address))
    if (content.kind === 'notice' && content.link) return content.link
  throw new Error('no link was sent to this address')
}

/** Answers the log-in form with the right password. */
export const tryLogIn = (identifier: string) =>
  logIn({ identifier, password: PASSWORD, origin: newOrigin(), now: NOW })

export const freeze = (token: string, now = SEEN) => freezeByLink(token, newOrigin(), now)

/** Freezes an account as its signed-in owner does. */
export const stop = ({ userId }: Account, now = SEEN) => freezeOwnAccount(userId, newOrigin(), now)

/** An account with both recovery addresses, frozen by its owner. */
export async function frozenGuarded() {
  const account = await makeGuarded()
  await stop(account)
  return account
}

export const begin = async ({ userId }: Account, now = SEEN) =>
  (await expectDone(startUnfreeze(userId, now))).secret

export const choose = (secret: string, slot: ProofName, now = SEEN) =>
  requestUnfreezeCode({ secret, slot, locale: 'id', now })

export const pass = (secret: string, purpose: UnfreezePurpose, code: string, now = SEEN) =>
  passUnfreeze(secret, purpose, code, newOrigin(), now)

/** Verifies one address of an unfreeze with its code. */
export async function verifyAddress(
  secret: string,
  purpose: UnfreezePurpose,
  slot: SlotName,
  address: AnyAddress,
  now = SEEN,
) {
  await expectDone(choose(secret, slot, now))
  await expectDone(pass(secret, purpose, await newestCode(address), now))
}

export const complete = (
  secret: string,
  decisions: Decisions = {},
  password = OTHER_PASSWORD,
  now = SEEN,
) => completeUnfreeze({ secret, decisions, password, origin: newOrigin(), now })

/** An unfreeze that has verified both recovery addresses and lacks only the review. */
export async function verifiedUnfreeze(account: Guarded, now = SEEN) {
  const secret = await begin(account, now)
  await verifyAddress(secret, 'unfreeze_first', 'recovery_email', account.recoveryEmail, now)
  await verifyAddress(secret, 'unfreeze_second', 'recovery_phone', account.recoveryPhone, now)
  return secret
}

/** The address in each slot. */
export async function slotsOf({ userId }: Account) {
  const held = await listAddresses(db(), userId)
  return Object.fromEntries(
    SLOTS.flatMap((slot) => {
      const found = held.find(({ role, address }) => `${role}_${address.kind}` === slot)
      return found ? [[slot, found.address.value]] : []
    }),
  )
}

export const userOf = ({ userId }: Account) =>
  db().user.findUniqueOrThrow({ where: { id: userId } })

/** The types of an account's events, in their order. */
export async function eventsOf({ userId }: Account) {
  const events = await db().securityEvent.findMany({
    where: { userId },
    orderBy: { position: 'asc' },
  })
  return events.map(({ type }) => type)
}
