import { redirect } from 'next/navigation'
import { Alert } from '@/components/alert'
import { buttonClass } from '@/components/button'
import { FlowPage, TextLink } from '@/components/flow-page'
import { readProfile } from '@/lib/accounts'
import { requireSession } from '../../../_session/session'
import { PageTitle } from '../../../_text/page-title'
import { getTranslations } from '../../../_text/translations'
import { Reward } from '../../reward'

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
      <Reward userId={userId} reason="recovery_reward" since={latest.confirmedAt ?? new Date()} />
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
