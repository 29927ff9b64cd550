'use server'

import { redirect } from 'next/navigation'
import type { CallerWordState } from '@/components/caller-word'
import { showWord } from '@/lib/support'
import { currentCaller } from '../../_session/caller'
import { formatTime } from '../../_text/format'
import { getTranslations } from '../../_text/translations'

const MINUTE_MS = 60_000

/**
 * Makes the word that the signed-in customer reads out, and answers with it: nothing keeps it that
 * could show it once more. A frozen account has no session any more: it leads to the log-in.
 */
export async function makeWord(): Promise<CallerWordState> {
  const { userId, now } = await currentCaller('/profile/care')
  const outcome = await showWord(userId, now)
  if (!outcome.ok) redirect('/login')
  const { word, expiresAt } = outcome.value
  const minutes = Math.ceil((expiresAt.getTime() - now.getTime()) / MINUTE_MS)
  const t = await getTranslations('careCall')
  return { word, until: t('until', { minutes, at: await formatTime(expiresAt) }) }
}
