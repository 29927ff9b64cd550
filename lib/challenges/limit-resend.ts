import type { Origin } from '@/lib/platform/origin'
import { consumeSendLimit } from '@/lib/platform/rate-limits'
import type { Refused } from '@/lib/platform/result'
import { consumeStrangerSend, type StrangerSend } from '@/lib/platform/strangers'
import type { ChallengeModel } from '@/prisma/client/models'
import { reportExcess } from './excess'
import { limitSends, ownBrowserKey, PURPOSES, strangerKey } from './purposes'

/**
 * Takes one more code of an open challenge from the limits that its first code counted at. A
 * stranger's further code needs no proof, but counts, and is reported as a request is. Refused:
 * `send_throttled` with the seconds to wait.
 */
export async function limitResend(
  challenge: ChallengeModel,
  origin: Origin,
  now: Date,
): Promise<Refused<'send_throttled'> | undefined> {
  const { purpose, rateLimitKey, path: chosen, scope, scopeId } = challenge
  const path = chosen ?? ''
  if (PURPOSES[purpose].askedBy !== 'stranger') return limitSends(purpose, challenge)
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
  return undefined
}

/**
 * How many codes of a challenge were sent: each but the present one was superseded. The codes of an
 * earlier challenge, which have its id in front, may have been counted elsewhere.
 */
export const countSends = ({ supersededHashes }: ChallengeModel): number =>
  supersededHashes.filter((hash) => !hash.includes('.')).length + 1
