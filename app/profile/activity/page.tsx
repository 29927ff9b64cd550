import { Card } from '@/components/card'
import { BackLink, TextLink } from '@/components/flow-page'
import { PageHeading } from '@/components/page-heading'
import { listActivity } from '@/lib/activity'
import { env } from '@/lib/platform/env'
import { requireSession } from '../../_session/session'
import { PageTitle } from '../../_text/page-title'
import { getTranslations } from '../../_text/translations'
import { Days } from './days'

/** A number that fits into the integer column of positions. */
const POSITION = /^[1-9]\d{0,8}$/

const YEAR_DAYS = 365

type Props = { searchParams: Promise<{ before?: string | string[] }> }

export default async function ActivityPage({ searchParams }: Props) {
  const { userId } = await requireSession('/profile/activity')
  const before = readPosition((await searchParams).before)
  const { entries, next } = await listActivity(userId, before)
  const t = await getTranslations('activity')
  const years = Math.floor(env().RETENTION_ACTIVITY_DAYS / YEAR_DAYS)
  return (
    <div className="mx-auto grid w-full max-w-2xl gap-4">
      <PageTitle screen="activity" />
      <BackLink href="/profile" label={t('toProfile')} />
      <PageHeading heading={t('title')} intro={t('intro')} />
      {entries.length > 0 ? (
        <Days entries={entries} now={new Date()} />
      ) : (
        <Card>
          <p className="text-muted">{t('empty')}</p>
        </Card>
      )}
      {!next && <p className="text-center text-sm text-muted">{t('kept', { years })}</p>}
      <nav
        aria-label={t('title')}
        className="no-print flex flex-wrap justify-center gap-x-6 gap-y-1 text-center"
      >
        {before && <TextLink href="/profile/activity">{t('newest')}</TextLink>}
        {next && <TextLink href={`/profile/activity?before=${next}`}>{t('older')}</TextLink>}
        <TextLink href="/profile/devices">{t('devices')}</TextLink>
      </nav>
    </div>
  )
}

const readPosition = (given: string | string[] | undefined) =>
  typeof given === 'string' && POSITION.test(given) ? Number(given) : undefined
