import { z } from 'zod'
import type { Prisma } from '@/prisma/client/client'

const detail = z.object({
  /** The mask of the address that the event is about. */
  about: z.string().optional(),
  /** The mask of the address that it took the place of. */
  previous: z.string().optional(),
  /** What customer care gave as its reason. Not shown to the customer. */
  reason: z.string().optional(),
})

/** What a security event says beyond its type. */
export type Detail = z.output<typeof detail>

export const readDetail = (stored: Prisma.JsonValue): Detail => detail.parse(stored)
