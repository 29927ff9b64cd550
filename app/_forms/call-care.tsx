import { CareCall } from '@/components/care'
import { env } from '@/lib/platform/env'
import { getTranslations } from '../_text/translations'

/** A button that calls customer care. */
export async function CallCare() {
  const t = await getTranslations('help')
  const { CARE_PHONE: phone } = env()
  return <CareCall label={t('call', { phone })} phone={phone} />
}
