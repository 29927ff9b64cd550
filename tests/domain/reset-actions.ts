import type { AnyAddress } from '@/lib/addresses'
import { db } from '@/lib/platform/db'
import { done } from '@/lib/platform/result'
import { completeReset, passReset, type ResetChoice, startReset } from '@/lib/recovery'
import {
  type Account,
  expectDone,
  forgetLimits,
  later,
  NOW,
  newOrigin,
  OTHER_PASSWORD,
} from '../support/accounts'
import { newestCode } from '../support/outbox'
import { proofOf } from '../support/proofs'

/** Begins a reset; with the `secret` of an earlier one, in the same browser. */
export const start = (identifier: AnyAddress, choice: ResetChoice, now = NOW, secret = '') =>
  startReset({ identifier, choice, secret, locale: 'id', origin: newOrigin(), now })

/** Begins a reset, after the wait that a proof of work stands for. */
export async function startProven(identifier: AnyAddress, choice: ResetChoice, now = NOW) {
  const request = { identifier, choice, locale: 'id', origin: newOrigin() } as const
  const first = await startReset({ ...request, now })
  if (first.ok || first.refusal === 'send_throttled') return first
  const { ticket, waitSeconds } = proofOf(first)
  await forgetLimits('once:reset:%')
  return startReset({ ...request, proof: { ticket }, now: later(waitSeconds, now) })
}

export const complete = (secret: string, password = OTHER_PASSWORD, now = NOW) =>
  completeReset({ secret, password, origin: newOrigin(), now })

/** What a reset returns that set the password, without a saved code. */
export const SET = done({ kind: 'set', savedCode: undefined })

/** Completes a reset and returns the code that replaces a saved one. */
export async function completeWithCode(secret: string) {
  const outcome = await expectDone(complete(secret))
  return outcome.kind === 'set' ? outcome.savedCode : undefined
}

/** A reset that has passed its challenge and lacks only the new password. */
export async function passedReset(
  account: Account,
  choice: ResetChoice = 'primary_phone',
  to: AnyAddress = account.phone,
) {
  const { secret } = await expectDone(start(account.email, choice))
  return (await expectDone(passReset(secret, await newestCode(to), newOrigin(), NOW))).secret
}

/** The rows of an account that a reset changes, and that must not change when it fails. */
export async function stateOf({ userId }: Account) {
  const [user, sessions, challenges, events, messages, jobs] = await Promise.all([
    db().user.findUniqueOrThrow({ where: { id: userId } }),
    db().session.findMany({ where: { userId }, orderBy: { id: 'asc' } }),
    db().challenge.findMany({ where: { userId }, orderBy: { id: 'asc' } }),
    db().securityEvent.count({ where: { userId } }),
    db().message.count(),
    countJobs(),
  ])
  return { user, sessions, challenges, events, messages, jobs }
}

async function countJobs() {
  const waiting = await db().message.count({ where: { runAt: { not: null } } })
  return waiting + (await db().task.count())
}
