import { isIP } from 'node:net'
import { ActivityRow, FactList } from '@/components/activity-row'
import { CopyButton } from '@/components/copy-button'
import { Disclosure } from '@/components/disclosure'
import { TextLink } from '@/components/flow-page'
import type { ActivityEntry } from '@/lib/activity'
import { formatCountry, formatDevice, formatTime } from '../../_text/format'
import { happenedSentence } from '../../_text/happened'
import { noticeWords } from '../../_text/notice-words'
import { getTranslations } from '../../_text/translations'
import { EVENT_ICON, isDisputable } from './event-kinds'

/** One event, in the words of its notifications. */
export async function Entry({ entry }: { entry: ActivityEntry }) {
  const { type, at, about } = entry
  const t = await getTranslations('activity')
  const [happened, time] = [await happenedSentence(entry), await formatTime(at)]
  const which = <span className="sr-only">{` ${happened}, ${time}`}</span>
  return (
    <ActivityRow
      icon={EVENT_ICON[type]}
      happened={happened}
      at={at}
      time={time}
      origin={await originWords(entry)}
      about={about}
    >
      <Disclosure
        look="link"
        summary={
          <>
            {t('details')}
            {which}
          </>
        }
        className="open:basis-full"
      >
        <Details entry={entry} />
      </Disclosure>
      {isDisputable(type) && (
        <span className="no-print text-sm">
          <TextLink href="/profile/freeze">
            {t('notYou')}
            {which}
          </TextLink>
        </span>
      )}
    </ActivityRow>
  )
}

/**
 * The device and the country. Customer care acts from no device, and both are erased after a time:
 * then neither is known, and nothing is said about them.
 */
async function originWords({ ip, userAgent }: ActivityEntry): Promise<string[]> {
  if (isIP(ip) === 0) return []
  const t = await getTranslations('devices')
  const place = await formatCountry(ip)
  return [(await formatDevice(userAgent)) ?? t('unknown'), ...(place ? [place] : [])]
}

async function Details({ entry: { previous, notices, reference } }: { entry: ActivityEntry }) {
  const t = await getTranslations()
  const told = await noticeWords(notices)
  const facts = [
    ...(previous ? [{ label: t('activity.previous'), value: previous }] : []),
    ...(told ? [{ label: t('activity.notices'), value: told }] : []),
    {
      label: t('activity.reference'),
      value: (
        <>
          <span>{reference}</span>
          <span className="no-print">
            <CopyButton
              text={reference}
              label={t('secureFrozen.copy')}
              copiedLabel={t('secureFrozen.copied')}
            />
          </span>
        </>
      ),
    },
  ]
  return <FactList facts={facts} />
}
