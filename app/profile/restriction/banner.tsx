import { Alert } from '@/components/alert'
import { Countdown } from '@/components/countdown'
import { TextLink } from '@/components/flow-page'
import type { Restriction } from '@/lib/recovery'
import { getFormatter, getTranslations } from '../../_text/translations'

/**
 * What a restricted account cannot do, until when, and a link that lifts the restriction, if an
 * address of the account can.
 */
export async function RestrictionBanner({ until, secondsLeft, lifters }: Restriction) {
  const [t, format] = [await getTranslations('profile'), await getFormatter()]
  return (
    <Alert tone="warning" title={t('restrictedTitle')}>
      <p>
        {t('restricted', {
          until: format.dateTime(until, { dateStyle: 'medium', timeStyle: 'short' }),
        })}
      </p>
      <Countdown seconds={secondsLeft} text={t.raw('restrictedLeft')} />
      {lifters.length > 0 && <TextLink href="/profile/restriction">{t('restrictedLink')}</TextLink>}
    </Alert>
  )
}
