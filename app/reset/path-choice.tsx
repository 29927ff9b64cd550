import { RadioGroup } from '@/components/form/radio-group'
import { env } from '@/lib/platform/env'
import { getTranslations } from '../_text/translations'

/** Which code is asked for. Everybody is offered all, whatever the account has. */
export async function PathChoice() {
  const t = await getTranslations('reset')
  const choices = [
    { value: 'primary_phone', label: t('primaryPhone'), hint: t('primaryPhoneHint') },
    ...(env().hasWhatsapp
      ? [{ value: 'primary_whatsapp', label: t('primaryWhatsapp'), hint: t('primaryWhatsappHint') }]
      : []),
    { value: 'recovery', label: t('recovery'), hint: t('recoveryHint') },
    { value: 'saved_code', label: t('savedCode'), hint: t('savedCodeHint') },
  ]
  return <RadioGroup name="choice" legend={t('choice')} choices={choices} />
}
