import { getTranslations } from 'next-intl/server'
import { Alert } from '@/components/alert'
import { buttonClass } from '@/components/button'
import { FlowPage } from '@/components/flow-page'
import { PageTitle } from '../../_text/page-title'

export default async function RegisterDonePage() {
  const t = await getTranslations('registerDone')
  return (
    <FlowPage heading={t('title')}>
      <PageTitle screen="registerDone" />
      <Alert tone="success">{t('text')}</Alert>
      <p className="text-muted">{t('taken')}</p>
      <a href="/login" className={buttonClass()}>
        {t('login')}
      </a>
    </FlowPage>
  )
}
