import { redirect } from 'next/navigation'
import { Alert } from '@/components/alert'
import { buttonClass } from '@/components/button'
import { DocumentTitle } from '@/components/document-title'
import { FlowPage, TextLink } from '@/components/flow-page'
import { findRecentEvent } from '@/lib/activity'
import { env } from '@/lib/platform/env'
import { requireSession } from '../../_session/session'
import { getTranslations } from '../../_text/translations'
import { Reward } from '../reward'

/** The changes of an account that lead here. */
const CHANGES = [
  'password_changed',
  'phone_changed',
  'email_changed',
  'email_confirmed',
  'recovery_replaced',
  'recovery_removed',
  'recovery_reverified',
  'number_reclaimed',
  'password_vetoed',
  'restriction_lifted',
  'erasure_cancelled',
] as const

const SHOWN_MS = 10 * 60 * 1_000

/**
 * What the change that the customer has just made means. It is read from the activity, not from the
 * URL.
 */
export default async function ChangeDonePage() {
  const { userId } = await requireSession('/profile')
  const since = new Date(Date.now() - SHOWN_MS)
  const change = await findRecentEvent(userId, CHANGES, since)
  if (!change) redirect('/profile')
  const { type, at, reference, about = '' } = change
  const t = await getTranslations('changeDone')
  const heading = t(`${type}.title`)
  return (
    <FlowPage heading={heading}>
      <DocumentTitle title={`${heading} – ${env().BRAND_NAME}`} />
      <Alert tone="success">
        <p>{t(`${type}.text`, { address: about })}</p>
      </Alert>
      {type === 'recovery_reverified' && (
        <Reward userId={userId} reason="recovery_check" since={at} />
      )}
      <p className="text-muted">{t('notified', { reference })}</p>
      <a href="/profile" className={buttonClass()}>
        {t('profile')}
      </a>
      <TextLink href="/profile/activity">{t('activity')}</TextLink>
    </FlowPage>
  )
}
