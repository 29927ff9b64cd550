import { Alert } from '@/components/alert'
import { FlowPage } from '@/components/flow-page'
import { sayMissing } from '@/lib/platform/response'
import { PageTitle } from '../../../_text/page-title'
import { getTranslations } from '../../../_text/translations'
import { casePath } from '../../cases/case-path'

type Props = {
  refusal: 'not_permitted' | 'action_unknown' | 'action_ended' | 'not_possible'
  caseNumber: string | null
}

/** Says why an action cannot be reviewed, and links to its case. Answers 404 for an unknown action. */
export async function ActionGone({ refusal, caseNumber: number }: Props) {
  if (refusal === 'action_unknown') sayMissing()
  const t = await getTranslations()
  const back = number
    ? { href: casePath(number), label: t('careApprove.toCase', { number }) }
    : { href: '/care', label: t('careActionGone.back') }
  return (
    <FlowPage heading={t('careActionGone.title')} back={back}>
      <PageTitle screen="careActionGone" />
      <Alert tone="warning">{t(`careActionGone.${refusal}`)}</Alert>
    </FlowPage>
  )
}
