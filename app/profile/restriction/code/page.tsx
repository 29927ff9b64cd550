import { redirect } from 'next/navigation'
import { TextLink } from '@/components/flow-page'
import { findLiftStep } from '@/lib/recovery'
import { CodeStep, type ResentParams, resentOf } from '../../../_forms/code-step'
import { flowStart } from '../../../_forms/flow-end'
import { requireSession } from '../../../_session/session'
import { getTranslations } from '../../../_text/translations'
import { resendLift, submitLift } from '../actions'

export default async function RestrictionCodePage(params: ResentParams) {
  const { userId } = await requireSession('/profile/restriction')
  const view = await findLiftStep(userId, new Date())
  if (!view) redirect(flowStart('/profile/restriction'))
  const t = await getTranslations('restrictionCode')
  return (
    <CodeStep
      screen="restrictionCode"
      intro={t('intro', { address: view.sentTo.join(', ') })}
      view={view}
      action={submitLift}
      resend={resendLift}
      resent={await resentOf(params)}
      restart="/profile/restriction"
      after={<TextLink href="/profile/restriction">{t('other')}</TextLink>}
    />
  )
}
