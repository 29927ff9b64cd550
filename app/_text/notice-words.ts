import 'server-only'
import type { NoticeCounts } from '@/lib/activity'
import { getTranslations } from './translations'

/** How the notifications of an event fared: "2 terkirim, 1 sampai"; empty when none was sent. */
export async function noticeWords(tally: NoticeCounts): Promise<string> {
  const t = await getTranslations('activity.notice')
  const states = (['sent', 'delivered', 'sending', 'failed'] as const).filter(
    (state) => tally[state] > 0,
  )
  return states.map((state) => t(state, { count: tally[state] })).join(', ')
}
