import { getTranslations } from 'next-intl/server'
import { Alert } from '@/components/alert'
import { FlowPage } from '@/components/flow-page'
import { PageTitle } from '../_text/page-title'
import { CallCare } from './call-care'

/** The page of a link that stops something and that nobody was sent. */
export async function LinkGone() {
  const t = await getTranslations('vetoGone')
  return (
    <FlowPage heading={t('title')}>
      <PageTitle screen="vetoGone" />
      <Alert tone="warning">{t('intro')}</Alert>
      <CallCare />
    </FlowPage>
  )
}
