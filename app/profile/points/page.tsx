import { getFormatter, getTranslations } from 'next-intl/server'
import { Card } from '@/components/card'
import { BackLink, TextLink } from '@/components/flow-page'
import { PageHeading } from '@/components/page-heading'
import { PointsTable, PointsTotal } from '@/components/points'
import { env } from '@/lib/platform/env'
import { statementOf } from '@/lib/points'
import { requireSession } from '../../_session/session'
import { PageTitle } from '../../_text/page-title'

export default async function PointsPage() {
  const { userId } = await requireSession('/profile/points')
  const { balance, entries } = await statementOf(userId)
  const [t, format] = [await getTranslations(), await getFormatter()]
  const rows = entries.map(({ id, amount, reason, createdAt }) => ({
    id,
    date: format.dateTime(createdAt, { dateStyle: 'medium' }),
    reason: t(`points.${reason}`),
    amount: format.number(amount, { signDisplay: 'exceptZero' }),
  }))
  return (
    <div className="mx-auto grid w-full max-w-form gap-4">
      <PageTitle screen="points" />
      <BackLink href="/profile" label={t('points.toProfile')} />
      <PageHeading heading={t('points.title')} />
      <Card>
        <PointsTotal label={t('points.label')} amount={t('common.points', { points: balance })} />
      </Card>
      <Card>
        {rows.length > 0 ? (
          <PointsTable
            caption={t('points.caption')}
            columns={{
              date: t('points.date'),
              reason: t('points.reason'),
              amount: t('points.amount'),
            }}
            entries={rows}
          />
        ) : (
          <>
            <p>
              {t('points.empty', {
                points: t('common.points', { points: env().RECOVERY_REWARD_POINTS }),
              })}
            </p>
            <TextLink href="/profile/recovery">{t('points.add')}</TextLink>
          </>
        )}
      </Card>
    </div>
  )
}
