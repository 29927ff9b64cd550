import * as z from 'zod'

const REASON = { least: 10, most: 500 } as const
const TICKET_MOST = 40

/** Why staff act, in their own words. */
const reason = z.string().trim().min(REASON.least).max(REASON.most)

/** The ticket number of another system. */
const ticket = z.string().trim().min(1).max(TICKET_MOST)

/** The reason without surrounding spaces; undefined when it is too short or too long. */
export const readReason = (typed: string): string | undefined => reason.safeParse(typed).data

/** The ticket number; undefined when there is none, or it is too long. */
export const readTicket = (typed: string): string | undefined => ticket.safeParse(typed).data

const MINUTE_MS = 60 * 1_000
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

/** How long an action may be approved after it was asked for. */
export const APPROVE_MS = 30 * MINUTE_MS

/** A word of a caller can be checked for so long, and counts for the case for so long after. */
export const WORD_LIFETIME_MS = 5 * MINUTE_MS
export const PROOF_MS = 30 * MINUTE_MS

/** Answers to one word. */
export const WORD_ATTEMPTS = 3

/** Words that are sent to one account in a day. */
export const WORDS_A_DAY = 5

/** Who reads a case again within this time is not recorded again. */
export const VIEW_MS = 15 * MINUTE_MS

/** Messages and notices of so long ago are shown and can be sent again. */
export const RECENT_MS = 7 * DAY_MS
