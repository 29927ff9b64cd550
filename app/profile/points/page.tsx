import { Card } from '@/components/card'
import { BackLink, TextLink } from '@/components/flow-page'
import { PageHeading } from '@/components/page-heading'
import { PointsEntries, PointsTotal } from '@/components/points'
import { env } from '@/lib/platform/env'
import { statementOf } from '@/lib/points'
import { requireSession } from '../../_session/session'
import { PageTitle } from '../../_text/page-title'
import { getFormatter, getTranslations } from '../../_text/translations'

type Statement = Awaited<ReturnType<typeof statementOf>>

export default async function PointsPage() {
  const { userId } = await requireSession('/profile/points')
  const { balance, entries } = await statementOf(userId)
  const t = await getTranslations()
  return (
    <div className="mx-auto grid w-full max-w-form gap-4">
      <PageTitle screen="points" />
      <BackLink href="/profile" label={t('points.toProfile')} />
      <PageHeading heading={t('points.title')} />
      <Card>
        <PointsTotal label={t('points.label')} amount={t('common.points', { points: balance })} />
      </Card>
      <Card>{entries.length > 0 ? <Entries entries={entries} /> : <NoEntries />}</Card>
    </div>
  )
}

async function Entries({ entries }: Pick<Statement, 'entries'>) {
  const [t, format] = [await getTranslations('points'), await getFormatter()]
  const rows = entries.map(({ id, amount, reason, createdAt }) => ({
    id,
    date: format.dateTime(createdAt, { dateStyle: 'medium' }),
    reason: t(reason),
    amount: format.number(amount, { signDisplay: 'exceptZero' }),
  }))
  return <PointsEntries heading={t('caption')} entries={rows} />
}

async function NoEntries() {
  const t = await getTranslations()
  const points = t('common.points', { points: env().RECOVERY_REWARD_POINTS })
  return (
    <>
      <p>{t('points.empty', { points })}</p>
      <TextLink href="/profile/recovery">{t('points.add')}</TextLink>
    </>
  )
}
