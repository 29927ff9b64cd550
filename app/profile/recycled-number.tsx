import { Alert } from '@/components/alert'
import { TextLink } from '@/components/flow-page'
import { getTranslations } from '../_text/translations'

/** Says that the primary phone gets no codes, and links to the page that verifies it again. */
export async function RecycledNumber() {
  const t = await getTranslations()
  return (
    <Alert tone="warning">
      <p>{t('refusal.number_recycled')}</p>
      <TextLink href="/profile/phone/verify">{t('profile.verify')}</TextLink>
    </Alert>
  )
}
