import { getTranslations } from 'next-intl/server'
import { ActivityRow } from '@/components/activity-row'
import type { ActivityEntry, NoticeCounts } from '@/lib/activity'
import { formatCountry, formatDevice, formatMoment } from '../../_text/format'
import { happenedWords } from '../../_text/happened'

/** One event, in the words of its notifications. */
export async function Entry({ entry }: { entry: ActivityEntry }) {
  const { at, ip, userAgent, about, previous, reference } = entry
  const t = await getTranslations()
  const happened = await happenedWords(entry)
  const notices = await noticeWords(entry.notices)
  const facts = [
    {
      label: t('activity.device'),
      value: (await formatDevice(userAgent)) ?? t('message.device.unknown'),
    },
    { label: t('message.email.notice.country'), value: await formatCountry(ip) },
    { label: t('activity.about'), value: about },
    { label: t('activity.previous'), value: previous },
    { label: t('activity.reference'), value: reference },
    { label: t('activity.notices'), value: notices },
  ].flatMap(({ label, value }) => (value ? [{ label, value }] : []))
  return (
    <ActivityRow
      happened={happened.charAt(0).toUpperCase() + happened.slice(1)}
      at={at}
      moment={await formatMoment(at)}
      facts={facts}
    />
  )
}

/** "2 terkirim, 1 sampai"; empty when no notification was sent. */
async function noticeWords(tally: NoticeCounts) {
  const t = await getTranslations('activity.notice')
  const states = (['sent', 'delivered', 'sending', 'failed'] as const).filter(
    (state) => tally[state] > 0,
  )
  return states.map((state) => t(state, { count: tally[state] })).join(', ')
}
