import { Alert } from '@/components/alert'
import { buttonClass } from '@/components/button'
import { FlowPage } from '@/components/flow-page'
import { findRestriction } from '@/lib/recovery'
import { PageTitle } from '../../_text/page-title'
import { type Screen, screenHeading } from '../../_text/screens'
import { getFormatter, getTranslations } from '../../_text/translations'

/**
 * In the place of a page whose form would be refused while the account is restricted: why, until
 * when, and how to lift the restriction, if an address can. Undefined while it is not restricted.
 */
export async function restrictedPage(userId: string, screen: Screen) {
  const restriction = await findRestriction(userId, new Date())
  if (!restriction) return undefined
  const [t, format] = [await getTranslations('restriction'), await getFormatter()]
  const until = format.dateTime(restriction.until, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <FlowPage
      heading={await screenHeading(screen)}
      back={{ href: '/profile', label: t('toProfile') }}
    >
      <PageTitle screen={screen} />
      <Alert tone="warning" title={t('blockedTitle', { until })}>
        {t('blocked')}
      </Alert>
      {restriction.lifters.length > 0 && (
        <a href="/profile/restriction" className={buttonClass()}>
          {t('title')}
        </a>
      )}
    </FlowPage>
  )
}
