import { Alert } from '@/components/alert'
import { TextLink } from '@/components/flow-page'
import { formatMoment } from '../../_text/format'
import { getTranslations } from '../../_text/translations'

/** When the password that waits takes effect, and a link that cancels it; nothing without one. */
export async function HeldPasswordBanner({ dueAt }: { dueAt: Date | null }) {
  if (!dueAt) return null
  const t = await getTranslations('profile')
  return (
    <Alert tone="danger" title={t('heldTitle')}>
      <p>{t('held', { at: await formatMoment(dueAt) })}</p>
      <TextLink href="/profile/held">{t('heldStop')}</TextLink>
    </Alert>
  )
}
