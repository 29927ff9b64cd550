import { redirect } from 'next/navigation'
import { findReleaseStep } from '@/lib/recovery'
import { CodeStep, type ResentParams, resentOf } from '../../../_forms/code-step'
import { flowStart } from '../../../_forms/flow-end'
import { challengeSecret } from '../../../_session/challenge-cookie'
import { getTranslations } from '../../../_text/translations'
import { resendReleaseCode, submitReleaseCode } from '../actions'

export default async function ReleaseCodePage(params: ResentParams) {
  const view = await findReleaseStep(await challengeSecret('reset'), new Date())
  if (!view) redirect(flowStart('/reset'))
  const t = await getTranslations('heldCode')
  return (
    <CodeStep
      screen="heldCode"
      intro={t('intro')}
      view={view}
      action={submitReleaseCode}
      resend={resendReleaseCode}
      resent={await resentOf(params)}
      restart="/reset/held"
    />
  )
}
