import { getTranslations } from 'next-intl/server'
import { Alert } from '@/components/alert'
import { buttonClass } from '@/components/button'
import { FlowPage } from '@/components/flow-page'
import { PageTitle } from '../../_text/page-title'

export default async function UnfreezeDonePage() {
  const t = await getTranslations('unfreezeDone')
  return (
    <FlowPage heading={t('title')}>
      <PageTitle screen="unfreezeDone" />
      <Alert tone="success">{t('text')}</Alert>
      <a href="/login" className={buttonClass()}>
        {t('login')}
      </a>
    </FlowPage>
  )
}
