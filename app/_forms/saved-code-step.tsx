import type { ReactNode } from 'react'
import { Alert } from '@/components/alert'
import { buttonClass } from '@/components/button'
import { FlowPage, TextLink } from '@/components/flow-page'
import { SavedCodeField } from '@/components/form/fields'
import type { FormAction } from '@/components/form/form-state'
import type { StepsProps } from '@/components/steps'
import type { ChallengeView } from '@/lib/challenges'
import { env } from '@/lib/platform/env'
import type { Refused } from '@/lib/platform/result'
import { PageTitle } from '../_text/page-title'
import type { Refusal } from '../_text/refusal'
import { formText, screenHeading } from '../_text/screens'
import { getTranslations } from '../_text/translations'
import { Form } from './forms'

type Props = {
  screen: 'resetSaved' | 'unfreezeSaved'
  intro: string
  view: ChallengeView
  action: FormAction
  /** The page that starts again, or with another way. */
  restart: string
  steps: StepsProps
  after: ReactNode
}

/** The screen that asks for a saved code. Nothing was sent, so there is nothing to send again. */
export async function SavedCodeStep({ screen, intro, view, action, restart, after, steps }: Props) {
  const t = await getTranslations()
  const links = (
    <>
      {after}
      <TextLink href="/help">{t('code.help')}</TextLink>
    </>
  )
  const heading = await screenHeading(screen)
  if (view.isExhausted || view.isCodeExpired)
    return (
      <FlowPage heading={heading} steps={steps} after={links}>
        <PageTitle screen={screen} />
        <Alert tone={view.isExhausted ? 'danger' : 'warning'} role="alert">
          {t(view.isExhausted ? 'refusal.saved_code_exhausted' : 'refusal.saved_code_expired')}
        </Alert>
        <a href={restart} className={buttonClass()}>
          {t('savedCode.restart')}
        </a>
      </FlowPage>
    )
  const minutes = Math.ceil(view.secondsToExpiry / 60)
  const hint = `${t('field.savedCodeHint', { brand: env().BRAND_NAME })} ${t('savedCode.ends', { minutes })}`
  return (
    <FlowPage heading={heading} intro={intro} steps={steps} after={links}>
      <Form
        name="savedCode"
        action={action}
        text={await formText(screen, ['saved_code_missing', 'saved_code_malformed'])}
      >
        <SavedCodeField label={t('field.savedCode')} hint={hint} />
      </Form>
    </FlowPage>
  )
}

const OWN_WORDS: Partial<Record<Refusal, Refusal>> = {
  code_wrong: 'saved_code_wrong',
  code_expired: 'saved_code_expired',
  code_exhausted: 'saved_code_exhausted',
}

/** A refusal of a code in the words for a saved code. */
export const asSavedCode = (outcome: Refused<Refusal>): Refused<Refusal> => ({
  ...outcome,
  refusal: OWN_WORDS[outcome.refusal] ?? outcome.refusal,
})
