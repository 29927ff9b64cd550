import { getTranslations } from 'next-intl/server'
import { ActionButton } from '@/components/action-button'
import { Alert } from '@/components/alert'
import { formatMoment } from '../../_text/format'
import { cancelHeld } from './actions'

/** When the password that waits takes effect, and a button that cancels it; nothing without one. */
export async function HeldPasswordBanner({ dueAt }: { dueAt: Date | null }) {
  if (!dueAt) return null
  const t = await getTranslations('profile')
  return (
    <Alert tone="danger" title={t('heldTitle')}>
      <p>{t('held', { at: await formatMoment(dueAt) })}</p>
      <form action={cancelHeld} className="mt-2">
        <ActionButton look="secondary">{t('heldStop')}</ActionButton>
      </form>
    </Alert>
  )
}
