import { getFormatter, getTranslations } from 'next-intl/server'
import { Alert } from '@/components/alert'
import { Countdown } from '@/components/countdown'
import { TextLink } from '@/components/flow-page'
import { restrictionSecondsLeft } from '@/lib/accounts'

type Props = { until: Date | null; now: Date; isLifted: boolean }

/**
 * What a restricted account cannot do, until when, and a link that lifts the restriction; or that
 * it was just lifted.
 */
export async function RestrictionBanner({ until, now, isLifted }: Props) {
  const secondsLeft = restrictionSecondsLeft({ restrictedUntil: until }, now)
  const [t, format] = [await getTranslations('profile'), await getFormatter()]
  if (until && secondsLeft > 0)
    return (
      <Alert tone="warning" title={t('restrictedTitle')}>
        <p>
          {t('restricted', {
            until: format.dateTime(until, { dateStyle: 'medium', timeStyle: 'short' }),
          })}
        </p>
        <Countdown seconds={secondsLeft} text={t.raw('restrictedLeft')} />
        <TextLink href="/profile/restriction">{t('restrictedLink')}</TextLink>
      </Alert>
    )
  return (
    isLifted && (
      <Alert tone="success" role="status">
        {t('changedLifted')}
      </Alert>
    )
  )
}
