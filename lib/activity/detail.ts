import * as z from 'zod'
import type { Prisma } from '@/prisma/client/client'

/** The events that tell what a mobile operator said, and for how many days they name the number. */
export const SIGNAL_EVENTS = ['number_recycled', 'number_reclaimed', 'password_held'] as const
export const SIGNAL_DAYS = 90

export const usedUp = z.enum(['password', 'codes', 'sends'])

/** What strangers used up: attempts at the password or at codes, or the codes of a day. */
export type UsedUp = z.output<typeof usedUp>

const detail = z.object({
  /** The mask of the address that the event is about. */
  about: z.string().optional(),
  /** The mask of the address that was replaced. */
  previous: z.string().optional(),
  /** The reason that customer care gave. Not shown to the customer. */
  reason: z.string().optional(),
  what: usedUp.optional(),
  /** How many rows of older versions were anchored. */
  rows: z.number().optional(),
  /** The name of the incident that the owner was told about. */
  incident: z.string().optional(),
})

/** The details of a security event. */
export type Detail = z.output<typeof detail>

export const readDetail = (stored: Prisma.JsonValue): Detail => detail.parse(stored)
