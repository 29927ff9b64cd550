import { getTranslations } from 'next-intl/server'
import { RadioGroup } from '@/components/form/radio-group'
import { env } from '@/lib/platform/env'

/** Where the code goes. Everybody is offered the same, whatever addresses the account has. */
export async function PathChoice() {
  const t = await getTranslations('reset')
  const choices = [
    { value: 'primary_phone', label: t('primaryPhone'), hint: t('primaryPhoneHint') },
    ...(env().hasWhatsapp
      ? [{ value: 'primary_whatsapp', label: t('primaryWhatsapp'), hint: t('primaryWhatsappHint') }]
      : []),
    { value: 'recovery', label: t('recovery'), hint: t('recoveryHint') },
  ]
  return <RadioGroup name="choice" legend={t('choice')} choices={choices} />
}
