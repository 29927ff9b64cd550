import { Alert } from '@/components/alert'
import { buttonClass } from '@/components/button'
import { FlowPage, TextLink } from '@/components/flow-page'
import { findRegistrationEmail } from '@/lib/contacts'
import { env } from '@/lib/platform/env'
import type { FlowEndParams } from '../../_forms/flow-end'
import { FlowEndBanner } from '../../_forms/flow-end-banner'
import { challengeSecret } from '../../_session/challenge-cookie'
import { requireSession } from '../../_session/session'
import { PageTitle } from '../../_text/page-title'
import { getTranslations } from '../../_text/translations'

export default async function RegisterDonePage(params: FlowEndParams) {
  await requireSession()
  const email = await findRegistrationEmail(await challengeSecret('register'), new Date())
  const t = await getTranslations('registerDone')
  return (
    <FlowPage heading={t('title')}>
      <PageTitle screen="registerDone" />
      <FlowEndBanner {...params} />
      <Alert tone="success">{t(email?.isUsable ? 'text' : 'textPhone')}</Alert>
      {!email?.isUsable && <p className="text-muted">{t('unconfirmed')}</p>}
      {email?.view && <TextLink href="/register/email">{t('code')}</TextLink>}
      <Next />
    </FlowPage>
  )
}

/** The best moment to add a recovery account is before it is needed. */
async function Next() {
  const t = await getTranslations()
  const points = t('common.points', { points: env().RECOVERY_REWARD_POINTS })
  return (
    <>
      <p>{t('registerDone.next', { points })}</p>
      <a href="/profile/recovery" className={buttonClass()}>
        {t('profile.blueBoxTitle')}
      </a>
      <TextLink href="/profile">{t('registerDone.profile')}</TextLink>
    </>
  )
}
