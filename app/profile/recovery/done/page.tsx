import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Alert } from '@/components/alert'
import { buttonClass } from '@/components/button'
import { FlowPage, TextLink } from '@/components/flow-page'
import { Coins } from '@/components/icons'
import { readProfile } from '@/lib/accounts'
import { statementOf } from '@/lib/points'
import { requireSession } from '../../../_session/session'
import { PageTitle } from '../../../_text/page-title'

export default async function RecoveryDonePage() {
  const { userId } = await requireSession('/profile')
  const { recoveries } = await readProfile(userId)
  const confirmed = recoveries.filter(({ confirmedAt }) => confirmedAt !== null)
  const latest = confirmed.toSorted((a, b) => Number(b.confirmedAt) - Number(a.confirmedAt))[0]
  if (!latest) redirect('/profile')
  const t = await getTranslations()
  const other = latest.kind === 'email' ? ('phone' as const) : ('email' as const)
  const isOtherHeld = recoveries.some(({ kind }) => kind === other)
  return (
    <FlowPage heading={t('recoveryDone.title')}>
      <PageTitle screen="recoveryDone" />
      <Alert tone="success">
        <p>{t('recoveryDone.text', { address: latest.mask })}</p>
      </Alert>
      <Reward userId={userId} since={latest.confirmedAt ?? new Date()} />
      <a href="/profile" className={buttonClass()}>
        {t('recoveryDone.profile')}
      </a>
      {!isOtherHeld && (
        <TextLink href={`/profile/recovery/${other}`}>
          {t(other === 'phone' ? 'recoveryDone.addPhone' : 'recoveryDone.addEmail')}
        </TextLink>
      )}
    </FlowPage>
  )
}

/** The points that the confirmation has just earned, and the balance. */
async function Reward({ userId, since }: { userId: string; since: Date }) {
  const { balance: points, entries } = await statementOf(userId)
  const reward = entries.find(
    ({ reason, createdAt }) => reason === 'recovery_reward' && createdAt >= since,
  )
  const t = await getTranslations()
  const balance = t('recoveryDone.points', { points: t('common.points', { points }) })
  if (!reward) return <p>{balance}</p>
  return (
    <div className="flex items-center gap-4 rounded-card bg-tint p-4">
      <Coins aria-hidden className="size-8 shrink-0 text-accent" />
      <p className="grid">
        <span className="text-2xl font-bold text-accent tabular-nums">
          {t('recoveryDone.gained', { points: t('common.points', { points: reward.amount }) })}
        </span>
        <span>{balance}</span>
      </p>
    </div>
  )
}
