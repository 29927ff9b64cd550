import { FlowPage, TextLink } from '@/components/flow-page'
import { RadioGroup } from '@/components/form/radio-group'
import type { UnfreezeStep } from '@/lib/recovery'
import type { FlowEndParams } from '../_forms/flow-end'
import { FlowEndBanner } from '../_forms/flow-end-banner'
import { Form } from '../_forms/forms'
import { formText } from '../_text/screens'
import { flowSteps } from '../_text/steps'
import { getTranslations } from '../_text/translations'
import { submitSlot } from './actions'

type Props = FlowEndParams & Extract<UnfreezeStep, { choices: unknown }>

/** The form that chooses the next proof: an undisputed address, or the saved code. */
export async function Choice({ step, choices, searchParams }: Props) {
  const t = await getTranslations()
  const labelled = choices.map((slot) => ({ value: slot, label: t(`slot.${slot}`) }))
  const legend = t(choices.includes('saved_code') ? 'unfreeze.choiceSaved' : 'unfreeze.choice')
  return (
    <FlowPage
      heading={t('unfreeze.title')}
      intro={t(`unfreeze.${step}`)}
      steps={await flowSteps('unfreeze', step === 'first' ? 1 : 2)}
      after={<TextLink href="/help">{t('code.help')}</TextLink>}
    >
      <FlowEndBanner searchParams={searchParams} />
      <Form
        name="unfreeze"
        action={submitSlot}
        key={step}
        text={await formText('unfreeze', ['choice_missing'])}
      >
        <RadioGroup name="slot" legend={legend} choices={labelled} />
      </Form>
    </FlowPage>
  )
}
