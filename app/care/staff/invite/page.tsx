import { AssertedForm } from '@/components/care/asserted-form'
import { FlowPage } from '@/components/flow-page'
import { TextField } from '@/components/form/fields'
import { RadioGroup } from '@/components/form/radio-group'
import { formText } from '../../../_text/screens'
import { getTranslations } from '../../../_text/translations'
import { passkeyText } from '../../_session/passkey'
import { requireStaff } from '../../_session/staff'
import { EVERY_ROLE } from '../../roles'
import { askInvite, submitInvite } from '../actions'

export default async function InvitePage() {
  await requireStaff(['administrator'])
  const t = await getTranslations()
  const choices = EVERY_ROLE.map((role) => ({
    value: role,
    label: t(`staffRole.${role}`),
    hint: t(`careHome.may.${role}`),
  }))
  return (
    <FlowPage
      heading={t('careInvite.title')}
      intro={t('careInvite.intro')}
      back={{ href: '/care/staff', label: t('careInvite.back') }}
    >
      <AssertedForm
        begin={askInvite}
        action={submitInvite}
        text={await formText('careInvite', [])}
        passkey={await passkeyText()}
      >
        <TextField name="name" label={t('field.name')} autoComplete="off" autoCapitalize="words" />
        <RadioGroup name="role" legend={t('careInvite.role')} choices={choices} />
      </AssertedForm>
    </FlowPage>
  )
}
