import { getTranslations } from 'next-intl/server'
import { Alert } from '@/components/alert'
import { FlowPage } from '@/components/flow-page'
import { RadioGroup } from '@/components/form/radio-group'
import { Mail, Smartphone } from '@/components/icons'
import { readProfile } from '@/lib/accounts'
import type { FlowEndParams } from '../../_forms/flow-end'
import { FlowEndBanner } from '../../_forms/flow-end-banner'
import { Form } from '../../_forms/forms'
import { requireSession } from '../../_session/session'
import { PageTitle } from '../../_text/page-title'
import { formText } from '../../_text/screens'
import { flowSteps } from '../../_text/steps'
import { chooseKind } from './actions'

export default async function ChoosePage(params: FlowEndParams) {
  const { userId } = await requireSession('/profile/recovery')
  const { recoveries } = await readProfile(userId)
  const t = await getTranslations('recoveryChoose')
  const isHeld = (kind: 'email' | 'phone') =>
    recoveries.some((held) => held.kind === kind && held.confirmedAt)
  const choices = [
    {
      value: 'email',
      label: t('email'),
      hint: t('emailHint'),
      icon: <Mail aria-hidden />,
    } as const,
    {
      value: 'phone',
      label: t('phone'),
      hint: t('phoneHint'),
      icon: <Smartphone aria-hidden />,
    } as const,
  ].filter(({ value }) => !isHeld(value))
  const back = { href: '/profile', label: t('toProfile') }
  if (choices.length === 0)
    return (
      <FlowPage heading={t('title')} back={back}>
        <PageTitle screen="recoveryChoose" />
        <FlowEndBanner {...params} />
        <Alert>{t('full')}</Alert>
      </FlowPage>
    )
  const only = choices.length === 1 ? choices[0]?.value : undefined
  return (
    <FlowPage
      heading={t('title')}
      intro={t('intro')}
      steps={await flowSteps('recovery', 1)}
      back={back}
    >
      <FlowEndBanner {...params} />
      <Form
        name="recoveryChoose"
        action={chooseKind}
        text={await formText('recoveryChoose', ['choice_missing'])}
        {...(only && { values: { kind: only } })}
      >
        <RadioGroup name="kind" legend={t('choice')} choices={choices} />
      </Form>
    </FlowPage>
  )
}
