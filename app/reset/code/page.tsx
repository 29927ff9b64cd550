import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { TextLink } from '@/components/flow-page'
import { viewChallenge } from '@/lib/challenges'
import { CodeStep, type ResentParams, resentOf } from '../../_forms/code-step'
import { flowStart } from '../../_forms/flow-end'
import { challengeSecret } from '../../_session/challenge-cookie'
import { flowSteps } from '../../_text/steps'
import { resendResetCode, submitResetCode } from '../actions'

export default async function ResetCodePage(params: ResentParams) {
  const view = await viewChallenge(
    { secret: await challengeSecret('reset') },
    'reset_password',
    new Date(),
  )
  if (!view) redirect(flowStart('/reset'))
  if (view.isPassed) redirect('/reset/password')
  const t = await getTranslations()
  return (
    <CodeStep
      screen="resetCode"
      intro={t('resetCode.intro')}
      view={view}
      action={submitResetCode}
      resend={resendResetCode}
      resent={await resentOf(params)}
      restart="/reset"
      steps={await flowSteps('reset', 2)}
      after={<TextLink href="/reset">{t('resetCode.otherWay')}</TextLink>}
    />
  )
}
