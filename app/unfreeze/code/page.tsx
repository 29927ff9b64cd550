import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { TextLink } from '@/components/flow-page'
import { viewChallenge } from '@/lib/challenges'
import { findThawCode } from '@/lib/recovery'
import { CodeStep, isResent, type ResentParams } from '../../_forms/code-step'
import { overTo } from '../../_forms/flow-end'
import { challengeSecret } from '../../_session/challenge-cookie'
import { resendThawCode, submitThawCode } from '../actions'
import { thawSteps } from '../steps'

export default async function ThawCodePage(params: ResentParams) {
  const [secret, now] = [await challengeSecret('thaw'), new Date()]
  const asked = await findThawCode(secret, now)
  const view = asked && (await viewChallenge({ secret }, asked.purpose, now))
  if (!asked || !view) redirect(overTo('/unfreeze'))
  const t = await getTranslations()
  return (
    <CodeStep
      key={asked.purpose}
      screen="thawCode"
      intro={t('thawCode.intro', { slot: t(`slot.${asked.slot}`) })}
      view={view}
      action={submitThawCode.bind(null, asked.purpose)}
      resend={resendThawCode.bind(null, asked.purpose)}
      isResent={await isResent(params)}
      restart="/unfreeze"
      steps={await thawSteps(asked.purpose === 'thaw_first' ? 1 : 2)}
      after={<TextLink href="/unfreeze">{t('thawCode.other')}</TextLink>}
    />
  )
}
