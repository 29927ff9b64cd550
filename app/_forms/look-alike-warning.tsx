import { Alert } from '@/components/alert'
import { lookAlikeDomain } from '@/lib/addresses'
import { getTranslations } from '../_text/translations'

/**
 * A warning for an address that the customer is about to confirm, when its domain could be taken
 * for another one; nothing for any other. `address` as `formatAddress` or `maskAddress` shows it.
 */
export async function LookAlikeWarning({ address = '' }: { address?: string | undefined }) {
  const domain = lookAlikeDomain(address)
  if (!domain) return null
  const t = await getTranslations('field')
  return (
    <Alert tone="warning">
      <p className="break-words">{t('emailLookAlike', { domain })}</p>
    </Alert>
  )
}
