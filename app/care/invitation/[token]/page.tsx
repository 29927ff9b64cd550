import { AssertedForm } from '@/components/care/asserted-form'
import { FlowPage, TextLink } from '@/components/flow-page'
import { findInvitation, type Invited } from '@/lib/support'
import { PageTitle } from '../../../_text/page-title'
import { refusalSentence } from '../../../_text/refusal'
import { formText } from '../../../_text/screens'
import { getTranslations } from '../../../_text/translations'
import { passkeyText } from '../../_session/passkey'
import { askEnrolment, submitEnrolment } from '../actions'

type Props = { params: Promise<{ token: string }> }

/** Only shows whom the link invites: whatever opens links must not use it up. */
export default async function InvitationPage({ params }: Props) {
  const { token } = await params
  const invited = await findInvitation(token, new Date())
  return invited ? <Enrolment token={token} invited={invited} /> : <Gone />
}

async function Enrolment({ token, invited }: { token: string; invited: Invited }) {
  const t = await getTranslations()
  return (
    <FlowPage
      heading={t('careInvitation.title')}
      intro={t('careInvitation.intro', {
        name: invited.name,
        role: t(`staffRole.${invited.role}`),
      })}
    >
      <AssertedForm
        begin={askEnrolment.bind(null, token)}
        action={submitEnrolment}
        text={await formText('careInvitation', [])}
        passkey={await passkeyText()}
      />
      <p className="text-muted">{t('careInvitation.passkey')}</p>
    </FlowPage>
  )
}

async function Gone() {
  const t = await getTranslations('careInvitationGone')
  return (
    <FlowPage
      heading={t('title')}
      intro={await refusalSentence({ refusal: 'invitation_gone' })}
      after={<TextLink href="/care/sign-in">{t('signIn')}</TextLink>}
    >
      <PageTitle screen="careInvitationGone" />
    </FlowPage>
  )
}
