import { redirect } from 'next/navigation'
import { findSavedCodeStep } from '@/lib/recovery'
import { CodeStep, type ResentParams, resentOf } from '../../../_forms/code-step'
import { flowStart } from '../../../_forms/flow-end'
import { requireSession } from '../../../_session/session'
import { getTranslations } from '../../../_text/translations'
import { resendMakingCode, submitMakingCode } from '../actions'

export default async function SavedCodeVerifyPage(params: ResentParams) {
  const { userId } = await requireSession('/profile/saved-code')
  const view = await findSavedCodeStep(userId, new Date())
  if (!view) redirect(flowStart('/profile/saved-code'))
  const t = await getTranslations()
  return (
    <CodeStep
      screen="savedCodeVerify"
      intro={t('savedCodeVerify.intro', { address: view.sentTo.join(', ') })}
      view={view}
      action={submitMakingCode}
      resend={resendMakingCode}
      resent={await resentOf(params)}
      restart="/profile/saved-code"
      back={{ href: '/profile', label: t('password.toProfile') }}
    />
  )
}
