import { redirect } from 'next/navigation'
import { TextLink } from '@/components/flow-page'
import { viewChallenge } from '@/lib/challenges'
import { findUnfreezeCode } from '@/lib/recovery'
import { CodeStep, type ResentParams, resentOf } from '../../_forms/code-step'
import { flowStart } from '../../_forms/flow-end'
import { SavedCodeStep } from '../../_forms/saved-code-step'
import { challengeSecret } from '../../_session/challenge-cookie'
import { flowSteps } from '../../_text/steps'
import { getTranslations } from '../../_text/translations'
import { resendUnfreezeCode, submitUnfreezeCode, submitUnfreezeSavedCode } from '../actions'

export default async function UnfreezeCodePage(params: ResentParams) {
  const [secret, now] = [await challengeSecret('unfreeze'), new Date()]
  const asked = await findUnfreezeCode(secret, now)
  const view = asked && (await viewChallenge({ secret }, asked.purpose, now))
  if (!asked || !view) redirect(flowStart('/unfreeze'))
  const t = await getTranslations()
  const steps = await flowSteps('unfreeze', asked.purpose === 'unfreeze_first' ? 1 : 2)
  const other = <TextLink href="/unfreeze">{t('unfreezeCode.other')}</TextLink>
  if (asked.slot === 'saved_code')
    return (
      <SavedCodeStep
        key={asked.purpose}
        screen="unfreezeSaved"
        intro={t('unfreezeSaved.intro')}
        view={view}
        action={submitUnfreezeSavedCode.bind(null, asked.purpose)}
        restart="/unfreeze"
        steps={steps}
        after={other}
      />
    )
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
      steps={steps}
      after={other}
    />
  )
}
