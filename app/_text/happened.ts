import 'server-only'
import type { ActivityEntry } from '@/lib/activity'
import { getTranslations } from './translations'

/**
 * What happened, in the words of its notifications, where they continue a sentence. Here they begin
 * one, with an upper-case letter.
 */
export async function happenedSentence({
  type,
  what,
}: Pick<ActivityEntry, 'type' | 'what'>): Promise<string> {
  const t = await getTranslations('message')
  return capital(t(what ? `usedUp.${what}` : `happened.${type}`))
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
