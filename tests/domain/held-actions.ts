import { logIn } from '@/lib/accounts'
import type { AnyAddress } from '@/lib/addresses'
import { noteSimSwap } from '@/lib/challenges'
import { db } from '@/lib/platform/db'
import {
  passReset,
  type ResetChoice,
  releaseByCode,
  requestRelease,
  vetoHeld,
} from '@/lib/recovery'
import {
  type Account,
  DAY,
  expectDone,
  later,
  NOW,
  newOrigin,
  OTHER_PASSWORD,
} from '../support/accounts'
import { messagesTo, newestCode } from '../support/outbox'
import { complete, start } from './reset-actions'

/** When a password is held: long after the addresses of a fixture were confirmed. */
export const HELD = later(30 * DAY)
export const DUE = later(3 * DAY, HELD)

/** Says that the SIM of a number which got the newest code of a reset was swapped, as the worker does. */
export async function noteSwap({ userId }: Account, now = HELD) {
  const challenge = await db().challenge.findFirstOrThrow({
    where: { userId, purpose: 'reset_password' },
    orderBy: { codeSentAt: 'desc' },
  })
  await noteSimSwap(challenge.id, now)
}

type Way = { choice?: ResetChoice; to?: AnyAddress; password?: string; now?: Date }

/** A reset by a code to a number whose SIM was swapped. Returns the secret of its browser. */
export async function holdReset(
  account: Account,
  { choice = 'primary_phone', to = account.phone, password, now = HELD }: Way = {},
): Promise<string> {
  const begun = await expectDone(start(account.email, choice, now))
  await noteSwap(account, now)
  const passed = passReset(begun.secret, await newestCode(to), newOrigin(), now)
  const { secret } = await expectDone(passed)
  await expectDone(complete(secret, password ?? OTHER_PASSWORD, now))
  return secret
}

/** The held passwords of an account, in their order. */
export const heldOf = ({ userId }: Account) =>
  db().heldPassword.findMany({ where: { userId }, orderBy: { heldAt: 'asc' } })

/** The token of the link that stops a password in the newest notice to an address. */
export async function newestStop(address: AnyAddress): Promise<string> {
  for (const { content } of await messagesTo(address))
    if (content.kind === 'notice' && content.event === 'password_held')
      if (content.vetoLink) return content.vetoLink
  throw new Error('no link was sent to this address')
}

export const veto = (token: string, now = HELD) => vetoHeld(token, newOrigin(), now)

export const askRelease = (secret: string, now = HELD) =>
  requestRelease(secret, { locale: 'id', now })

export const enterRelease = (secret: string, code: string, now = HELD) =>
  releaseByCode(secret, code, newOrigin(), now)

/** Releases a held password with a code to a recovery address. */
export async function releaseBy(secret: string, address: AnyAddress, now = HELD) {
  await expectDone(askRelease(secret, now))
  await expectDone(enterRelease(secret, await newestCode(address), now))
}

/** Whether a password opens the account. */
export async function opens({ email }: Account, password: string, now = NOW): Promise<boolean> {
  const login = { identifier: email.value, password, origin: newOrigin(), now }
  return (await logIn(login)).ok
}
