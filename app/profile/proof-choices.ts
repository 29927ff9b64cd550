import 'server-only'
import type { ChangeOffer } from '@/lib/contacts'
import { getTranslations } from '../_text/translations'

/** Radio buttons: where the code that verifies the customer can go. Recycled numbers are left out. */
export async function proofChoices({
  phone,
  recoveries,
}: Pick<ChangeOffer, 'phone' | 'recoveries'>) {
  const t = await getTranslations('changeProof')
  const addresses = recoveries.join(', ')
  return [
    ...(phone
      ? [{ value: 'primary_phone', label: t('phone', { phone }), hint: t('phoneHint') }]
      : []),
    ...(addresses
      ? [{ value: 'recovery', label: t('recovery', { addresses }), hint: t('recoveryHint') }]
      : []),
  ]
}
