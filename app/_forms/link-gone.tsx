import { Alert } from '@/components/alert'
import { FlowPage } from '@/components/flow-page'
import { PageTitle } from '../_text/page-title'
import { getTranslations } from '../_text/translations'
import { CallCare } from './call-care'

/** The page of an unknown veto link: it was never sent, or is incomplete. */
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
