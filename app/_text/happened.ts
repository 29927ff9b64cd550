import 'server-only'
import { getTranslations } from 'next-intl/server'
import type { ActivityEntry } from '@/lib/activity'

/** What happened, in the words of its notifications. */
export async function happenedWords({ type, what }: Pick<ActivityEntry, 'type' | 'what'>) {
  const t = await getTranslations('message')
  return t(what ? `usedUp.${what}` : `happened.${type}`)
}
