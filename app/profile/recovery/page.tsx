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
import { getTranslations } from '../../_text/translations'
import { restrictedPage } from '../restriction/restricted-page'
import { chooseKind } from './actions'

const OFFERS = [
  { value: 'email', hint: 'emailHint', icon: <Mail aria-hidden /> },
  { value: 'phone', hint: 'phoneHint', icon: <Smartphone aria-hidden /> },
] as const

export default async function ChoosePage(params: FlowEndParams) {
  const { userId } = await requireSession('/profile/recovery')
  const restricted = await restrictedPage(userId, 'recoveryChoose')
  if (restricted) return restricted
  const { recoveries } = await readProfile(userId)
  const t = await getTranslations('recoveryChoose')
  const isConfirmed = (kind: 'email' | 'phone') =>
    recoveries.some((held) => held.kind === kind && held.confirmedAt)
  const choices = OFFERS.filter(({ value }) => !isConfirmed(value)).map(
    ({ value, hint, icon }) => ({ value, label: t(value), hint: t(hint), icon }),
  )
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
  const steps = await flowSteps('recovery', 1)
  return (
    <FlowPage heading={t('title')} intro={t('intro')} steps={steps} back={back}>
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
