import { admitNewNumberAgain } from '@/lib/messaging'
import type { Origin } from '@/lib/platform/origin'
import { consumeSendLimit } from '@/lib/platform/rate-limits'
import type { Refused } from '@/lib/platform/result'
import { consumeStrangerSend, type StrangerSend } from '@/lib/platform/strangers'
import type { ChallengeModel } from '@/prisma/client/models'
import { reportExcess } from './excess'
import { limitNewSends, limitSends, ownBrowserKey, PURPOSES, strangerKey } from './purposes'

/**
 * Counts another code of an open challenge at the limits of the first one. For a stranger it needs no
 * proof of work, and is reported like a request. To an unconfirmed number it must also be admitted
 * (`admitNewNumberAgain`). Refused: `send_throttled` with the seconds to wait.
 */
export async function limitResend(
  challenge: ChallengeModel,
  origin: Origin,
  now: Date,
): Promise<Refused<'send_throttled'> | undefined> {
  const { purpose, rateLimitKey, path: chosen, scope, scopeId } = challenge
  const path = chosen ?? ''
  const { askedBy, isRecipientConfirmed } = PURPOSES[purpose]
  const admit = () => admitAgain(challenge, origin, now)
  if (askedBy !== 'stranger')
    return isRecipientConfirmed
      ? limitSends(purpose, challenge)
      : limitNewSends(purpose, challenge, admit)
  if (scope === 'device' || scope === 'link')
    return consumeSendLimit(ownBrowserKey(scope, scopeId ?? '', path))
  const send: StrangerSend =
    purpose === 'register'
      ? { wish: 'register', key: rateLimitKey, ip: origin.ip }
      : { wish: 'reset', key: strangerKey(rateLimitKey, path), ip: origin.ip }
  const taken = await consumeStrangerSend(send)
  if (!taken.ok) return taken
  if (send.wish === 'reset' && taken.value.isExcess)
    await reportExcess({ ...challenge, path }, origin, now)
  return isRecipientConfirmed ? undefined : admit()
}

const admitAgain = (
  { purpose, userId, rateLimitKey }: ChallengeModel,
  origin: Origin,
  now: Date,
): Promise<Refused<'send_throttled'> | undefined> =>
  admitNewNumberAgain(rateLimitKey, { purpose, userId, origin, now })

/**
 * How many codes of a challenge were sent: each but the present one was superseded. The codes of an
 * earlier challenge, which have its id in front, may have been counted elsewhere.
 */
export const countSends = ({ supersededHashes }: ChallengeModel): number =>
  supersededHashes.filter((hash) => !hash.includes('.')).length + 1
