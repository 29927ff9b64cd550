import 'server-only'
import type { Refused } from '@/lib/platform/result'
import messages from '@/messages/id.json'
import { getTranslations } from './translations'

/**
 * Every refusal that is shown to customers. One without a sentence in the catalogue does not
 * compile.
 */
export type Refusal = keyof typeof messages.refusal

const MINUTE_SECONDS = 60
const HOUR_SECONDS = 60 * MINUTE_SECONDS

/**
 * A refusal as a sentence in the customer's language, with the waiting time or the attempts that
 * are left, if it has them.
 */
export async function refusalSentence({
  refusal,
  retryAfterSeconds,
  attemptsLeft,
}: Omit<Refused<Refusal>, 'ok'>): Promise<string> {
  const t = await getTranslations()
  const sentence = t(`refusal.${refusal}`, { wait: await waitPhrase(retryAfterSeconds) })
  return attemptsLeft === undefined
    ? sentence
    : `${sentence} ${t('code.attemptsLeft', { count: attemptsLeft })}`
}

/** The sentences of some refusals, for the check of a form in the browser. */
export async function refusalSentences(
  refusals: readonly Refusal[],
): Promise<Record<string, string>> {
  const pairs = refusals.map(
    async (refusal) => [refusal, await refusalSentence({ refusal })] as const,
  )
  return Object.fromEntries(await Promise.all(pairs))
}

/**
 * Whether the message of a schema's issue is a refusal. The default messages of zod are not shown
 * to customers.
 */
export function isRefusal(word: string): word is Refusal {
  return word in messages.refusal
}

/** How long somebody waits, to continue a sentence: "dalam 5 menit". */
export async function waitPhrase(seconds: number | undefined): Promise<string> {
  const t = await getTranslations('wait')
  if (!seconds) return t('soon')
  if (seconds < MINUTE_SECONDS) return t('seconds', { count: Math.ceil(seconds) })
  if (seconds < HOUR_SECONDS) return t('minutes', { count: Math.ceil(seconds / MINUTE_SECONDS) })
  return t('hours', { count: Math.ceil(seconds / HOUR_SECONDS) })
}
