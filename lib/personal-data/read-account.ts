import { readDetail } from '@/lib/activity'
import { formatAddress, listAddressHistory } from '@/lib/addresses'
import { db } from '@/lib/platform/db'
import type { Fact } from './facts'
import { eventPages } from './paging'

/** Whether reasons that customer care wrote are included. The customer does not read them. */
export type Reader = { isOperator: boolean }

export async function readAccount(userId: string): Promise<Fact[]> {
  const user = await db().user.findUniqueOrThrow({ where: { id: userId } })
  const { id, name, locale, createdAt, frozenAt, restrictedUntil, eraseAt, erasedAt } = user
  const { phoneChannel, popupSnoozes, popupSnoozedUntil } = user
  const states = { frozenAt, restrictedUntil, eraseAt, erasedAt }
  const chosen = { language: locale, phoneChannel }
  return [{ id, name, ...chosen, createdAt, ...states, popupSnoozes, popupSnoozedUntil }]
}

export async function readAddresses(userId: string): Promise<Fact[]> {
  const [history, rows] = [
    await listAddressHistory(db(), userId),
    await db().address.findMany({ where: { userId } }),
  ]
  return history.map(({ id, role, address, consent, ...held }) => {
    const row = rows.find((one) => one.id === id)
    const { addedAt, confirmedAt, lastVerifiedAt, removedAt } = held
    const consents = { consentVersion: consent?.version ?? null, consentAt: consent?.at ?? null }
    const seen = { reachedAt: row?.reachedAt ?? null, unreachableAt: row?.unreachableAt ?? null }
    const asked = {
      recycledAt: row?.recycledAt ?? null,
      recycleAskedAt: row?.recycleAskedAt ?? null,
    }
    return {
      role,
      address: formatAddress(address),
      addedAt,
      ip: row?.addedFrom ?? null,
      confirmedAt,
      lastVerifiedAt,
      ...consents,
      ...seen,
      ...asked,
      remindedAt: row?.remindedAt ?? null,
      removedAt,
    }
  })
}

export async function* readActivity(
  userId: string,
  { isOperator }: Reader,
): AsyncGenerator<Fact[]> {
  for await (const rows of eventPages(userId))
    yield rows.map(({ at, type, ip, userAgent, detail, reference }) => {
      const { about, previous, reason } = readDetail(detail)
      return {
        at,
        event: type,
        ip,
        userAgent,
        about: about ?? null,
        previous: previous ?? null,
        ...(isOperator && { reason: reason ?? null }),
        reference,
      }
    })
}
