import { redirect } from 'next/navigation'
import { TextLink } from '@/components/flow-page'
import { viewChallenge } from '@/lib/challenges'
import { CodeStep, type ResentParams, resentOf } from '../../_forms/code-step'
import { flowStart } from '../../_forms/flow-end'
import { SavedCodeStep } from '../../_forms/saved-code-step'
import { challengeSecret } from '../../_session/challenge-cookie'
import { flowSteps } from '../../_text/steps'
import { getTranslations } from '../../_text/translations'
import { resendResetCode, submitResetCode, submitResetSavedCode } from '../actions'

export default async function ResetCodePage(params: ResentParams) {
  const view = await viewChallenge(
    { secret: await challengeSecret('reset') },
    'reset_password',
    new Date(),
  )
  if (!view) redirect(flowStart('/reset'))
  if (view.isPassed) redirect('/reset/password')
  const t = await getTranslations()
  const steps = await flowSteps('reset', 2)
  const otherWay = <TextLink href="/reset">{t('resetCode.otherWay')}</TextLink>
  if (view.isSavedCode)
    return (
      <SavedCodeStep
        screen="resetSaved"
        intro={t('resetSaved.intro')}
        view={view}
        action={submitResetSavedCode}
        restart="/reset"
        steps={steps}
        after={otherWay}
      />
    )
  return (
    <CodeStep
      screen="resetCode"
      intro={t('resetCode.intro')}
      view={view}
      action={submitResetCode}
      resend={resendResetCode}
      resent={await resentOf(params)}
      restart="/reset"
      steps={steps}
      after={otherWay}
    />
  )
}
