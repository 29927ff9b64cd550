import { Alert } from '@/components/alert'
import { TextLink } from '@/components/flow-page'
import { formatMoment } from '../../_text/format'
import { getTranslations } from '../../_text/translations'

/** When the account will be erased, and a link that cancels it; nothing without a request. */
export async function ErasureBanner({ eraseAt }: { eraseAt: Date | null }) {
  if (!eraseAt) return null
  const t = await getTranslations('profile')
  return (
    <Alert tone="danger" title={t('erasureTitle')}>
      <p>{t('erasure', { at: await formatMoment(eraseAt) })}</p>
      <TextLink href="/profile/erase">{t('erasureLink')}</TextLink>
    </Alert>
  )
}
