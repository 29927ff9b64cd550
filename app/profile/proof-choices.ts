import 'server-only'
import { getTranslations } from 'next-intl/server'
import type { ChangeOffer } from '@/lib/contacts'

/** Where the code that verifies the customer can go, as radio buttons. A recycled number is none. */
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
