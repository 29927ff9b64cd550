import { blindIndexesOf } from '@/lib/addresses'
import {
  type ChallengeRequest,
  issueToBrowser,
  passChallenge,
  resendCode,
  viewChallenge,
} from '@/lib/challenges'
import { db, transaction } from '@/lib/platform/db'
import type { Purpose } from '@/prisma/client/enums'
import { NOW, newOrigin, newPhone } from '../support/accounts'
import { newestCode, wrongCode } from '../support/outbox'

const PURPOSE = 'reset_password'

/** A challenge of a browser that is not signed in, and its code. */
export async function issue(given: Partial<ChallengeRequest> = {}) {
  const recipient = newPhone()
  const rateLimitKeys = given.rateLimitKeys ?? blindIndexesOf(recipient)
  const base = {
    purpose: PURPOSE,
    userId: null,
    rateLimitKeys,
    recipients: [recipient],
    locale: 'id',
    now: NOW,
  } as const
  const { secret } = await transaction((tx) => issueToBrowser(tx, { ...base, ...given }))
  return {
    secret,
    recipient,
    rateLimitKey: rateLimitKeys[0],
    code: given.recipients ? '' : await newestCode(recipient),
  }
}

export type Issued = { secret: string }

/** A decoy, as for an unknown account. */
export const issueDecoy = (given: Partial<ChallengeRequest> = {}) =>
  issue({ recipients: [], ...given })

export const answer = ({ secret }: Issued, code: string, now = NOW, purpose: Purpose = PURPOSE) =>
  passChallenge(
    { ref: { secret }, purpose: purpose, code: code, origin: newOrigin(), now: now },
    async () => undefined,
  )

export const resend = ({ secret }: Issued, now: Date) =>
  resendCode({ secret }, PURPOSE, newOrigin(), now)

export const view = ({ secret }: Issued, now = NOW) => viewChallenge({ secret }, PURPOSE, now)

/** Enters this many wrong codes in sequence. */
export async function fail(issued: Issued & { code: string }, times: number, now = NOW) {
  const words: string[] = []
  for (let index = 1; index <= times; index++) {
    const outcome = await answer(issued, wrongCode(issued.code || '500000', index), now)
    words.push(outcome.ok ? 'done' : outcome.refusal)
  }
  return words
}

/** The attempts counted at the challenges of one rate-limit key. */
export async function attemptsAt(rateLimitKey: string) {
  const { _sum } = await db().challenge.aggregate({
    where: { rateLimitKey },
    _sum: { attempts: true },
  })
  return _sum.attempts
}
