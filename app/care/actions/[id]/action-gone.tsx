import { getTranslations } from 'next-intl/server'
import { Alert } from '@/components/alert'
import { FlowPage } from '@/components/flow-page'
import { sayMissing } from '@/lib/platform/response'
import { PageTitle } from '../../../_text/page-title'

type Props = { refusal: 'not_permitted' | 'action_unknown' | 'action_ended' | 'not_possible' }

/** Why an action cannot be reviewed. An unknown one is 404. */
export async function ActionGone({ refusal }: Props) {
  if (refusal === 'action_unknown') sayMissing()
  const t = await getTranslations('careActionGone')
  return (
    <FlowPage heading={t('title')} back={{ href: '/care', label: t('back') }}>
      <PageTitle screen="careActionGone" />
      <Alert tone="warning">{t(refusal)}</Alert>
    </FlowPage>
  )
}
