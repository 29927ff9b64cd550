import { getTranslations } from 'next-intl/server'
import { Alert } from '@/components/alert'
import { buttonClass } from '@/components/button'
import { FlowPage, TextLink } from '@/components/flow-page'
import { findRegistrationEmail } from '@/lib/contacts'
import type { FlowEndParams } from '../../_forms/flow-end'
import { FlowEndBanner } from '../../_forms/flow-end-banner'
import { challengeSecret } from '../../_session/challenge-cookie'
import { PageTitle } from '../../_text/page-title'

export default async function RegisterDonePage(params: FlowEndParams) {
  const email = await findRegistrationEmail(await challengeSecret('register'), new Date())
  const t = await getTranslations('registerDone')
  return (
    <FlowPage heading={t('title')}>
      <PageTitle screen="registerDone" />
      <FlowEndBanner {...params} />
      <Alert tone="success">{t(email?.isUsable ? 'text' : 'textPhone')}</Alert>
      {!email?.isUsable && <p className="text-muted">{t('unconfirmed')}</p>}
      {email?.view && <TextLink href="/register/email">{t('code')}</TextLink>}
      <a href="/login" className={buttonClass()}>
        {t('login')}
      </a>
    </FlowPage>
  )
}
