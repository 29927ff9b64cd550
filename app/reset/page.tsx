import { FlowPage, TextLink } from '@/components/flow-page'
import { IdentifierField } from '@/components/form/fields'
import type { FlowEndParams } from '../_forms/flow-end'
import { FlowEndBanner } from '../_forms/flow-end-banner'
import { Form } from '../_forms/forms'
import { typedIdentifier } from '../_session/typed-identifier'
import { formText } from '../_text/screens'
import { flowSteps } from '../_text/steps'
import { getTranslations } from '../_text/translations'
import { submitReset } from './actions'
import { PathChoice } from './path-choice'

export default async function ResetPage(params: FlowEndParams) {
  const t = await getTranslations()
  const links = (
    <>
      <TextLink href="/login">{t('reset.toLogin')}</TextLink>
      <TextLink href="/help/lost">{t('reset.lost')}</TextLink>
      <TextLink href="/help">{t('code.help')}</TextLink>
    </>
  )
  return (
    <FlowPage
      heading={t('reset.title')}
      intro={t('reset.intro')}
      steps={await flowSteps('reset', 1)}
      after={links}
    >
      <FlowEndBanner {...params} />
      <Form
        name="reset"
        action={submitReset}
        text={await formText('reset', ['identifier_missing', 'choice_missing'])}
        values={{ identifier: await typedIdentifier() }}
      >
        <IdentifierField label={t('field.identifier')} />
        <PathChoice />
      </Form>
    </FlowPage>
  )
}
