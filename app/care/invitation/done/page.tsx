import { buttonClass } from '@/components/button'
import { FlowPage } from '@/components/flow-page'
import { PageTitle } from '../../../_text/page-title'
import { getTranslations } from '../../../_text/translations'

export default async function InvitationDonePage() {
  const t = await getTranslations('careInvitationDone')
  return (
    <FlowPage heading={t('title')}>
      <PageTitle screen="careInvitationDone" />
      <p>{t('text')}</p>
      <a href="/care/sign-in" className={buttonClass()}>
        {t('signIn')}
      </a>
    </FlowPage>
  )
}
