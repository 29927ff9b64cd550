import { redirect } from 'next/navigation'
import { findErasureCode } from '@/lib/personal-data'
import { CodeStep, type ResentParams, resentOf } from '../../../_forms/code-step'
import { flowStart } from '../../../_forms/flow-end'
import { requireSession } from '../../../_session/session'
import { getTranslations } from '../../../_text/translations'
import { resendErasureCode, submitErasureCode } from '../actions'

export default async function EraseCodePage(params: ResentParams) {
  const { userId } = await requireSession('/profile/erase')
  const view = await findErasureCode(userId, new Date())
  if (!view) redirect(flowStart('/profile/erase'))
  const t = await getTranslations()
  return (
    <CodeStep
      screen="eraseCode"
      intro={t('eraseCode.intro', { address: view.sentTo.join(', ') })}
      view={view}
      action={submitErasureCode}
      resend={resendErasureCode}
      resent={await resentOf(params)}
      restart="/profile/erase"
      back={{ href: '/profile', label: t('password.toProfile') }}
    />
  )
}
