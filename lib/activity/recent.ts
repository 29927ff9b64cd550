import { db } from '@/lib/platform/db'
import type { EventType } from '@/prisma/client/enums'
import { readDetail } from './detail'

/** An event that has just happened, for its owner; its address is masked. */
export type RecentEvent<Type extends EventType> = {
  type: Type
  at: Date
  reference: string
  about: string | undefined
}

/** The newest event of these types since a time; null when there is none. */
export async function findRecentEvent<Type extends EventType>(
  userId: string,
  types: readonly Type[],
  since: Date,
): Promise<RecentEvent<Type> | null> {
  const event = await db().securityEvent.findFirst({
    where: { userId, type: { in: [...types] }, at: { gte: since } },
    orderBy: { position: 'desc' },
    select: { type: true, at: true, reference: true, detail: true },
  })
  const type = types.find((one) => one === event?.type)
  if (!event || !type) return null
  const { at, reference, detail } = event
  return { type, at, reference, about: readDetail(detail).about }
}
