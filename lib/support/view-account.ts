import { readProfile } from '@/lib/accounts'
import { maskAddress } from '@/lib/addresses'
import { readHealth } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { readFreezeOutlook, reviewSlots } from '@/lib/recovery'
import { CARE } from './care-origin'
import type { CaseWay, FrozenBy } from './case-types'

/** How the account stands. `opensAlone`: whether its owner can open it again after a freeze. */
export type Standing = {
  language: string
  frozen: { at: Date; by: FrozenBy; reference: string | undefined } | null
  opensAlone: boolean
  restrictedUntil: Date | null
  eraseAt: Date | null
}

export async function readStanding(userId: string, now: Date): Promise<Standing> {
  const where = { id: userId }
  const { locale, frozenAt, restrictedUntil, eraseAt } = await db().user.findUniqueOrThrow({
    where,
  })
  const { opensAlone, reference } = await readFreezeOutlook(userId, now)
  return {
    language: locale,
    frozen: frozenAt && { at: frozenAt, by: await frozenBy(userId, frozenAt), reference },
    opensAlone,
    restrictedUntil: restrictedUntil && restrictedUntil > now ? restrictedUntil : null,
    eraseAt,
  }
}

/** The freeze uses the link that caused it. */
async function frozenBy(userId: string, at: Date): Promise<FrozenBy> {
  const frozen = { userId, type: 'frozen', at, ip: CARE.ip } as const
  if ((await db().securityEvent.count({ where: frozen })) > 0) return 'care'
  const used = await db().secureLink.count({ where: { event: { userId }, usedAt: at } })
  return used > 0 ? 'own_link' : 'profile'
}

/** The four slots of the account, masked, with their state as the profile has it. */
export async function readWays(userId: string, until: Date, now: Date): Promise<CaseWay[]> {
  const { methods } = readHealth(await readProfile(userId), now)
  const { slots } = await reviewSlots(db(), userId, until)
  return slots.map(({ slot, present, earlier, isDisputed }) => ({
    slot,
    state: methods.find(({ role, kind }) => `${role}_${kind}` === slot)?.state ?? 'missing',
    addressId: present?.id ?? null,
    present: present ? maskAddress(present.address) : null,
    earlier: isDisputed && earlier ? maskAddress(earlier.address) : null,
    isDisputed,
    isConfirmed: Boolean(present?.confirmedAt),
    addedAt: present?.addedAt ?? null,
    lastVerifiedAt: present?.lastVerifiedAt ?? null,
  }))
}
