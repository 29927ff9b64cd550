import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { TextLink } from '@/components/flow-page'
import { viewChallenge } from '@/lib/challenges'
import { findUnfreezeCode } from '@/lib/recovery'
import { CodeStep, type ResentParams, resentOf } from '../../_forms/code-step'
import { flowStart } from '../../_forms/flow-end'
import { challengeSecret } from '../../_session/challenge-cookie'
import { flowSteps } from '../../_text/steps'
import { resendUnfreezeCode, submitUnfreezeCode } from '../actions'

export default async function UnfreezeCodePage(params: ResentParams) {
  const [secret, now] = [await challengeSecret('unfreeze'), new Date()]
  const asked = await findUnfreezeCode(secret, now)
  const view = asked && (await viewChallenge({ secret }, asked.purpose, now))
  if (!asked || !view) redirect(flowStart('/unfreeze'))
  const t = await getTranslations()
  return (
    <CodeStep
      key={asked.purpose}
      screen="unfreezeCode"
      intro={t('unfreezeCode.intro', { slot: t(`slotInSentence.${asked.slot}`) })}
      view={view}
      action={submitUnfreezeCode.bind(null, asked.purpose)}
      resend={resendUnfreezeCode.bind(null, asked.purpose)}
      resent={await resentOf(params)}
      restart="/unfreeze"
      steps={await flowSteps('unfreeze', asked.purpose === 'unfreeze_first' ? 1 : 2)}
      after={<TextLink href="/unfreeze">{t('unfreezeCode.other')}</TextLink>}
    />
  )
}
