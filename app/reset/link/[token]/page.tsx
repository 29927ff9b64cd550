import { Alert } from '@/components/alert'
import { FlowPage, TextLink } from '@/components/flow-page'
import { findResetLink } from '@/lib/activity'
import { Form } from '../../../_forms/forms'
import { PageTitle } from '../../../_text/page-title'
import { refusalSentence } from '../../../_text/refusal'
import { formText } from '../../../_text/screens'
import { flowSteps } from '../../../_text/steps'
import { getTranslations } from '../../../_text/translations'
import { submitLinkReset } from '../../actions'
import { PathChoice } from '../../path-choice'

type Props = { params: Promise<{ token: string }> }

/** The link of a notification. Opening it changes nothing: mail scanners open every link. */
export default async function ResetLinkPage({ params }: Props) {
  const { token } = await params
  const t = await getTranslations()
  const help = <TextLink href="/help">{t('code.help')}</TextLink>
  if (!(await findResetLink(token, new Date())))
    return (
      <FlowPage heading={t('secureGone.title')} after={help}>
        <PageTitle screen="secureGone" />
        <Alert tone="warning">
          <p>{await refusalSentence({ refusal: 'reset_link_gone' })}</p>
          <TextLink href="/reset">{t('login.forgot')}</TextLink>
        </Alert>
      </FlowPage>
    )
  return (
    <FlowPage
      heading={t('resetLink.title')}
      intro={t('resetLink.intro')}
      steps={await flowSteps('reset', 1)}
      after={help}
    >
      <Form
        name="resetLink"
        action={submitLinkReset.bind(null, token)}
        text={await formText('resetLink', ['choice_missing'])}
      >
        <PathChoice />
      </Form>
    </FlowPage>
  )
}
