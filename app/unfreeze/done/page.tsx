import { getTranslations } from 'next-intl/server'
import { Alert } from '@/components/alert'
import { buttonClass } from '@/components/button'
import { FlowPage } from '@/components/flow-page'
import { titled } from '../../_text/screens'

export const generateMetadata = titled('unfreezeDone')

export default async function UnfreezeDonePage() {
  const t = await getTranslations('unfreezeDone')
  return (
    <FlowPage heading={t('title')}>
      <Alert tone="success">{t('text')}</Alert>
      <a href="/login" className={buttonClass()}>
        {t('login')}
      </a>
    </FlowPage>
  )
}
