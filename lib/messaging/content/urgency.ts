import { isCode } from './content'

/**
 * The lines in which messages of a channel wait, the most urgent first. `code`: a customer waits with
 * the page open. `notice`: the rest, such as the notice with the link that freezes the account.
 * `bulk`: what goes to very many persons at once.
 */
export const URGENCIES = ['code', 'notice', 'bulk'] as const

export type Urgency = (typeof URGENCIES)[number]

const BULK_KINDS: readonly string[] = ['incident']

/** The line of a message of this kind. */
export function urgencyOf(kind: string): Urgency {
  if (isCode(kind)) return 'code'
  return BULK_KINDS.includes(kind) ? 'bulk' : 'notice'
}

/** Its number in the column `urgency` of a message. */
export const rankOf = (urgency: Urgency): number => URGENCIES.indexOf(urgency)
