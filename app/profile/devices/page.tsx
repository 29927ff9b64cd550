import { ActionButton } from '@/components/action-button'
import { Alert } from '@/components/alert'
import { Section } from '@/components/card'
import { BackLink, TextLink } from '@/components/flow-page'
import { PageHeading } from '@/components/page-heading'
import { listSessions } from '@/lib/accounts'
import { requireSession } from '../../_session/session'
import { PageTitle } from '../../_text/page-title'
import { getTranslations } from '../../_text/translations'
import { endOtherDevices } from './actions'
import { DeviceList } from './device-list'

/** The message after sessions were ended. */
const ENDED = { one: 'ended', others: 'endedOthers' } as const

type Props = { searchParams: Promise<{ ended?: string }> }

export default async function DevicesPage({ searchParams }: Props) {
  const { userId, sessionId } = await requireSession('/profile/devices')
  const { ended } = await searchParams
  const sessions = await listSessions(userId, new Date())
  const t = await getTranslations('devices')
  return (
    <div className="mx-auto grid w-full max-w-2xl gap-4">
      <PageTitle screen="devices" />
      <BackLink href="/profile" label={t('toProfile')} />
      {(ended === 'one' || ended === 'others') && (
        <Alert tone="success" role="status">
          {t(ENDED[ended])}
        </Alert>
      )}
      <PageHeading heading={t('title')} intro={t('intro')} />
      <Section id="sessions" heading={t('heading')}>
        <DeviceList sessions={sessions} present={sessionId} />
        {sessions.length > 1 ? (
          <form action={endOtherDevices} className="no-print mt-4 border-t border-line pt-4">
            <ActionButton look="danger">{t('endOthers')}</ActionButton>
          </form>
        ) : (
          <p className="mt-4 text-muted">{t('alone')}</p>
        )}
      </Section>
      <div className="no-print flex flex-wrap justify-center gap-x-6 gap-y-1 text-center">
        <TextLink href="/profile/password">{t('password')}</TextLink>
        <TextLink href="/profile/activity">{t('activity')}</TextLink>
      </div>
    </div>
  )
}
