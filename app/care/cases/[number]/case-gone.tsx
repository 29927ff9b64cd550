import { Alert } from '@/components/alert'
import { FlowPage } from '@/components/flow-page'
import { sayMissing } from '@/lib/platform/response'
import type { CaseRefusal } from '@/lib/support'
import { PageTitle } from '../../../_text/page-title'
import { getTranslations } from '../../../_text/translations'

/** Why a case cannot be opened. An unknown one is 404. */
export async function CaseGone({ refusal }: { refusal: CaseRefusal }) {
  if (refusal === 'case_unknown') sayMissing()
  const t = await getTranslations()
  return (
    <FlowPage heading={t('careCaseGone.title')} back={{ href: '/care', label: t('careCase.back') }}>
      <PageTitle screen="careCaseGone" />
      <Alert tone="warning">{t(`careCaseGone.${refusal}`)}</Alert>
    </FlowPage>
  )
}
