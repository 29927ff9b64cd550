import { Alert } from '@/components/alert'
import { buttonClass } from '@/components/button'
import { FlowPage } from '@/components/flow-page'
import { NewSavedCode } from '../../_forms/made-saved-code'
import { PageTitle } from '../../_text/page-title'
import { getTranslations } from '../../_text/translations'

export default async function ResetDonePage() {
  const t = await getTranslations('resetDone')
  return (
    <FlowPage heading={t('title')}>
      <PageTitle screen="resetDone" />
      <Alert tone="success">{t('text')}</Alert>
      <NewSavedCode />
      <a href="/login" className={buttonClass()}>
        {t('login')}
      </a>
    </FlowPage>
  )
}
