import { getTranslations } from 'next-intl/server'
import { RadioGroup } from '@/components/form/radio-group'

/** Where the code goes. Everybody is offered both, whatever addresses the account has. */
export async function PathChoice() {
  const t = await getTranslations('reset')
  const choices = [
    { value: 'primary_phone', label: t('primaryPhone'), hint: t('primaryPhoneHint') },
    { value: 'recovery', label: t('recovery'), hint: t('recoveryHint') },
  ]
  return <RadioGroup name="choice" legend={t('choice')} choices={choices} />
}
