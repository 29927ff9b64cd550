import { getFormatter, getTranslations } from 'next-intl/server'
import { Alert } from '@/components/alert'
import { Countdown } from '@/components/countdown'
import { TextLink } from '@/components/flow-page'
import { findRestriction } from '@/lib/recovery'

type Props = { userId: string; isLifted: boolean }

/**
 * What a restricted account cannot do, until when, and a link that lifts the restriction; or that
 * it was just lifted.
 */
export async function RestrictionBanner({ userId, isLifted }: Props) {
  const restriction = await findRestriction(userId, new Date())
  const [t, format] = [await getTranslations('profile'), await getFormatter()]
  if (restriction)
    return (
      <Alert tone="warning" title={t('restrictedTitle')}>
        <p>
          {t('restricted', {
            until: format.dateTime(restriction.until, { dateStyle: 'medium', timeStyle: 'short' }),
          })}
        </p>
        <Countdown seconds={restriction.secondsLeft} text={t.raw('restrictedLeft')} />
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
