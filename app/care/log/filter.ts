import 'server-only'
import * as z from 'zod/mini'
import type { StaffLogFilter } from '@/lib/support'
import { StaffEventType } from '@/prisma/client/enums'

/** What the auditor has chosen, as the fields of the form have it. */
export type ChosenFilter = { person: string; type: string; from: string; to: string }

const DAY_MS = 24 * 60 * 60 * 1_000

/** Every type of a row of the log. */
export const EVENT_TYPES = Object.values(StaffEventType)

const day = z.iso.date()
const person = z.uuid()
const type = z.enum(StaffEventType)

/**
 * The chosen filter of a form or of the parameters of a URL. Anything that is no choice is left
 * out.
 */
export function readFilter(given: Record<string, unknown>): ChosenFilter {
  return {
    person: z.safeParse(person, given.person).data ?? '',
    type: z.safeParse(type, given.type).data ?? '',
    from: z.safeParse(day, given.from).data ?? '',
    to: z.safeParse(day, given.to).data ?? '',
  }
}

/**
 * The filter for `lib/support`. Days are those of western Indonesia, and the last one is included.
 */
export function toLogFilter({ person, type: chosen, from, to }: ChosenFilter): StaffLogFilter {
  const of = EVENT_TYPES.find((one) => one === chosen)
  return {
    ...(person && { person }),
    ...(of && { type: of }),
    ...(from && { from: startOf(from) }),
    ...(to && { to: new Date(startOf(to).getTime() + DAY_MS) }),
  }
}

const startOf = (date: string) => new Date(`${date}T00:00:00+07:00`)
