import { redirect } from 'next/navigation'
import { findRequested } from '@/lib/contacts'
import { CodeStep, type ResentParams, resentOf } from '../../../_forms/code-step'
import { requireSession } from '../../../_session/session'
import { flowSteps } from '../../../_text/steps'
import { getTranslations } from '../../../_text/translations'
import { unbroken } from '../../../_text/unbroken'
import { resendAuthorisation, submitAuthorisation } from '../actions'

export default async function AuthorisePage(params: ResentParams) {
  const { userId } = await requireSession('/profile/recovery/authorise')
  const requested = await findRequested(userId, new Date())
  if (!requested) redirect('/profile/recovery')
  const { kind, address, view } = requested
  const t = await getTranslations('recoveryAuthorise')
  return (
    <CodeStep
      screen="recoveryAuthorise"
      intro={t('intro', { address: unbroken(address), phone: view.sentTo.join(', ') })}
      address={address}
      view={view}
      action={submitAuthorisation}
      resend={resendAuthorisation}
      resent={await resentOf(params)}
      restart={`/profile/recovery/${kind}`}
      steps={await flowSteps('recovery', 3)}
      back={{ href: `/profile/recovery/${kind}`, label: t('change') }}
    />
  )
}
