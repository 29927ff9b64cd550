import 'server-only'
import { getTranslations } from 'next-intl/server'
import type { Refused } from '@/lib/platform/result'
import messages from '@/messages/id.json'

/** Every refusal that a customer can meet. A word without a sentence in the catalogue does not compile. */
export type Refusal = keyof typeof messages.refusal

const MINUTE_SECONDS = 60
const HOUR_SECONDS = 60 * MINUTE_SECONDS

/** A refusal as a sentence in the customer's language, with the time to wait where waiting helps. */
export async function refusalSentence({
  refusal,
  retryAfterSeconds,
}: Omit<Refused<Refusal>, 'ok'>): Promise<string> {
  const t = await getTranslations('refusal')
  return t(refusal, { wait: await waitPhrase(retryAfterSeconds) })
}

/** The sentences of some refusals, for a form to check with before it asks the server. */
export async function refusalSentences(
  refusals: readonly Refusal[],
): Promise<Record<string, string>> {
  const pairs = refusals.map(
    async (refusal) => [refusal, await refusalSentence({ refusal })] as const,
  )
  return Object.fromEntries(await Promise.all(pairs))
}

/** Whether a schema's message is a refusal. What a schema says in its own words is not for customers. */
export function isRefusal(word: string): word is Refusal {
  return word in messages.refusal
}

async function waitPhrase(seconds: number | undefined) {
  const t = await getTranslations('wait')
  if (!seconds) return t('soon')
  if (seconds < MINUTE_SECONDS) return t('seconds', { count: Math.ceil(seconds) })
  if (seconds < HOUR_SECONDS) return t('minutes', { count: Math.ceil(seconds / MINUTE_SECONDS) })
  return t('hours', { count: Math.ceil(seconds / HOUR_SECONDS) })
}
