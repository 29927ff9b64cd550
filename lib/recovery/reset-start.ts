import { findDevices } from '@/lib/accounts'
import { findResetLink } from '@/lib/activity'
import {
  type AnyAddress,
  blindIndexesOf,
  formatAddress,
  listAddresses,
  listOfPrimary,
  OWNER_OF_PRIMARY,
} from '@/lib/addresses'
import {
  type Failures,
  findChallenge,
  keepsCode,
  ownBrowserKey,
  reportExcess,
  strangerKey,
} from '@/lib/challenges'
import { phoneChannelOf } from '@/lib/messaging'
import type { KeyedHashes } from '@/lib/platform/crypto'
import { NIL_UUID } from '@/lib/platform/db'
import type { GivenProof } from '@/lib/platform/proof-of-work'
import { consumeSendLimit } from '@/lib/platform/rate-limits'
import { done, type Result, refuse } from '@/lib/platform/result'
import { logSecurity } from '@/lib/platform/security-log'
import { readTogether } from '@/lib/platform/sql'
import { type Sql, statement } from '@/lib/platform/statement'
import { admitStranger, countFree, refusedAs, type StrangerRequest } from '@/lib/platform/strangers'
import type { ChallengeModel } from '@/prisma/client/models'
import { type Beginning, issueReset, knownId } from './reset-issue'
import { readPayload } from './reset-payload'

export type ResetRequest = Beginning & { identifier: AnyAddress; proof?: GivenProof | undefined }

/**
 * Begins a reset: a code to the primary phone, one to every confirmed recovery address, or the saved
 * code, for which nothing is sent. An unknown account, a frozen one, one without such an address or
 * code, and one whose attempts on that path are used up get a decoy: the same statements, limits and
 * screens, and no code is right (ASVS 6.3.8). A
 * known device of the account has sends and attempts of its own. The same request again in this
 * browser, within the resend pause, keeps its code; after it, that code is an older one. Returns the
 * secret for the browser's cookie.
 * Refused: `proof_needed` with the proof; `send_throttled` with seconds.
 */
export async function startReset(
  request: ResetRequest,
): Promise<Result<{ secret: string }, 'send_throttled' | 'proof_needed'>> {
  const { identifier, choice, origin, now } = request
  const rateLimitKeys = blindIndexesOf(identifier)
  const [rateLimitKey] = rateLimitKeys
  const found = await readTogether((sql) => findAsked(sql, request, rateLimitKeys))
  if (isUnderWay(found.open, request, rateLimitKeys)) return done({ secret: request.secret ?? '' })
  const ownerId = found.held[0]?.userId ?? NIL_UUID
  const subject = { ...found, ownerId, rateLimitKeys, typed: formatAddress(identifier) }
  const device = found.devices.find(({ userId }) => userId === ownerId)?.secretHash
  if (device && !(await consumeSendLimit(ownBrowserKey('device', device, choice))))
    return issueReset(request, { ...subject, scope: { kind: 'device', id: device } })
  const admitted = await admitStranger(strangerOf(request, rateLimitKeys), found.counted)
  if (!admitted.ok) return refusedAs(admitted, 'send_throttled')
  if (admitted.value.isExcess)
    await reportExcess({ userId: knownId(ownerId), rateLimitKey, path: choice }, origin, now)
  return issueReset(request, { ...subject, scope: { kind: 'unknown' } })
}

/**
 * Reads what a reset depends on, by statements that share a round trip. Without cookies of an earlier
 * reset or log-in, the request is a stranger's, and is counted by one of them.
 */
async function findAsked(sql: Sql, request: ResetRequest, rateLimitKeys: KeyedHashes) {
  const { identifier, choice, secret = '', origin, now } = request
  const isNew = secret === '' && !origin.deviceSecrets?.length
  const [held, failures, open, devices, counted] = await Promise.all([
    listOfPrimary(sql, identifier),
    sql.run(FAILURES, [rateLimitKeys, rateLimitKeys[0], choice]),
    isNew ? null : findChallenge({ secret }, 'reset_password', now, sql),
    findDevices(sql, origin),
    isNew ? countFree(strangerOf(request, rateLimitKeys), sql) : undefined,
  ])
  return { held, failures, open, devices, counted }
}

/** The failures on a path of the account with this primary address, or of the address itself. */
const FAILURES = statement<Failures>(
  'list_failures_of_primary',
  `select scope, failures from "FailureCount"
  where account = coalesce(${OWNER_OF_PRIMARY}::text, $2) and path = $3`,
)

const strangerOf = (
  { choice, origin: { ip }, proof, now }: ResetRequest,
  [rateLimitKey, ...formerKeys]: KeyedHashes,
): StrangerRequest => ({
  wish: 'reset',
  key: strangerKey(rateLimitKey, choice),
  formerKeys: formerKeys.map((former) => strangerKey(former, choice)),
  ip,
  proof,
  now,
})

/**
 * Begins a reset for the holder of the link in a notification of used-up attempts or sends. It has
 * sends and attempts of its own; the code is still needed. Refused: `reset_link_gone`, and
 * `send_throttled` with seconds.
 */
export async function startResetByLink(
  token: string,
  beginning: Beginning,
): Promise<Result<{ secret: string }, 'reset_link_gone' | 'send_throttled'>> {
  const { choice, now } = beginning
  const link = await findResetLink(token, now)
  if (!link) {
    logSecurity('authn_token_reuse', { userId: null, subject: 'reset_link' })
    return refuse('reset_link_gone')
  }
  const { userId: ownerId, tokenHash: id } = link
  const rateLimitKeys = blindIndexesOf(link.address)
  const found = await readTogether(async (sql) => {
    const secret = beginning.secret ?? ''
    const [open, held, failures] = await Promise.all([
      findChallenge({ secret }, 'reset_password', now, sql),
      listAddresses(sql, ownerId),
      sql.run(FAILURES, [rateLimitKeys, ownerId, choice]),
    ])
    return { open, held, failures }
  })
  if (isUnderWay(found.open, beginning, rateLimitKeys))
    return done({ secret: beginning.secret ?? '' })
  const throttled = await consumeSendLimit(ownBrowserKey('link', id, choice))
  const subject = { ...found, ownerId, rateLimitKeys, typed: '' }
  return throttled ?? issueReset(beginning, { ...subject, scope: { kind: 'link', id } })
}

/**
 * Whether this browser was sent a code for the same identifier, choice and channel a moment ago. After the
 * pause the recipients are read again: an account may have been unfrozen meanwhile.
 */
function isUnderWay(
  open: ChallengeModel | null,
  { choice, phoneChannel, now }: Beginning,
  rateLimitKeys: readonly string[],
) {
  return (
    open !== null &&
    rateLimitKeys.includes(open.rateLimitKey) &&
    !open.passedAt &&
    readPayload(open).choice === choice &&
    (open.phoneChannel ?? 'sms') === phoneChannelOf(phoneChannel) &&
    keepsCode(open, now)
  )
}
