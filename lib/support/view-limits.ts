import { blindIndexOf, type HeldAddress, listAddresses } from '@/lib/addresses'
import { ATTEMPT_CAPS, recipientKey, strangerKey } from '@/lib/challenges'
import { db } from '@/lib/platform/db'
import { peek } from '@/lib/platform/limit-uses'
import type { LimitName } from '@/lib/platform/limits'
import { ownSendsKey, releaseSendsKey, unfreezeSendsKey } from '@/lib/platform/rate-limits'
import type { CaseAttempts, CaseLimits } from './case-types'

/** The scopes that count for everybody, and how many wrong answers in a row each accepts. */
const CAPS = {
  unknown: ATTEMPT_CAPS.unknown,
  session: ATTEMPT_CAPS.session,
  devices: ATTEMPT_CAPS.device.all,
  links: ATTEMPT_CAPS.link.all,
} as const

const SCOPES = ['unknown', 'session', 'devices', 'links'] as const

const SENDS: readonly LimitName[] = ['sendBurst', 'sendDay']

const PATHS = ['primary_phone', 'recovery'] as const

/** The limits of attempts and of codes that hold for an account now. */
export async function readLimits(userId: string, now: Date): Promise<CaseLimits> {
  const held = await listAddresses(db(), userId)
  const groups = [
    { of: 'own', keys: [ownSendsKey(userId)], limits: SENDS },
    { of: 'unfreeze', keys: [unfreezeSendsKey(userId)], limits: SENDS },
    { of: 'release', keys: [releaseSendsKey(userId)], limits: SENDS },
    { of: 'reset', keys: held.filter(logsIn).flatMap(resetKeys), limits: ['resetIdentifier'] },
    { of: 'reset', keys: held.map(received), limits: ['recipientDay'] },
  ] as const
  const codes = []
  for (const { of, keys, limits } of groups) {
    const until = await endOf(keys, limits, now)
    if (until) codes.push({ of, until })
  }
  return { attempts: await readAttempts(userId), codes }
}

/** What a reset names: an address that logs in. */
const logsIn = ({ role, isUsable }: HeldAddress) => role === 'primary' && isUsable

const resetKeys = ({ address }: HeldAddress) =>
  PATHS.map((path) => strangerKey(blindIndexOf(address), path))

const received = ({ address }: HeldAddress) => recipientKey('reset_password', blindIndexOf(address))

/** When the last of these limits ends that are used up now. */
async function endOf(keys: readonly string[], limits: readonly LimitName[], now: Date) {
  let longest = 0
  for (const key of keys)
    for (const name of limits) longest = Math.max(longest, (await peek(name, key)).waitSeconds ?? 0)
  return longest > 0 ? new Date(now.getTime() + longest * 1_000) : undefined
}

async function readAttempts(userId: string): Promise<CaseAttempts[]> {
  const rows = await db().failureCount.findMany({
    where: { account: userId, failures: { gt: 0 } },
    orderBy: [{ path: 'asc' }, { scope: 'asc' }],
  })
  return rows.flatMap(({ path, scope: stored, failures: used }) => {
    const scope = SCOPES.find((one) => one === stored)
    return scope ? [{ path, scope, used, of: CAPS[scope], isUsedUp: used >= CAPS[scope] }] : []
  })
}
