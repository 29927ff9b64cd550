import { Alert } from '@/components/alert'
import { getTranslations } from '../_text/translations'
import { CallCare } from './call-care'

/** Says, before a freeze, that customer care alone can open the account again, and how to call it. */
export async function OpensByCare() {
  const t = await getTranslations('freezeOwn')
  return (
    <Alert tone="warning" title={t('careTitle')}>
      <p>{t('care')}</p>
      <CallCare />
    </Alert>
  )
}
