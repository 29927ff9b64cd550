import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { viewChallenge } from '@/lib/challenges'
import { CodeStep, isResent, type ResentParams } from '../../_forms/code-step'
import { flowStart } from '../../_forms/flow-end'
import { challengeSecret } from '../../_session/challenge-cookie'
import { resendRegistrationCode, submitRegistrationCode } from '../actions'

export default async function RegisterCodePage(params: ResentParams) {
  const view = await viewChallenge(
    { secret: await challengeSecret('register') },
    'register',
    new Date(),
  )
  if (!view) redirect(flowStart('/register'))
  const t = await getTranslations('registerCode')
  return (
    <CodeStep
      screen="registerCode"
      intro={t('intro')}
      view={view}
      action={submitRegistrationCode}
      resend={resendRegistrationCode}
      isResent={await isResent(params)}
      restart="/register"
      back={{ href: '/register', label: t('back') }}
    />
  )
}
