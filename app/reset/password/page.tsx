import { redirect } from 'next/navigation'
import { FlowPage } from '@/components/flow-page'
import { UsernameOfPassword } from '@/components/form/fields'
import { PasswordField } from '@/components/form/password-field'
import { resetIdentifier } from '@/lib/recovery'
import { earlierStep } from '../../_forms/flow-end'
import { Form } from '../../_forms/forms'
import { challengeSecret } from '../../_session/challenge-cookie'
import { formText } from '../../_text/screens'
import { flowSteps } from '../../_text/steps'
import { getTranslations } from '../../_text/translations'
import { submitNewPassword } from '../actions'

export default async function ResetPasswordPage() {
  const identifier = await resetIdentifier(await challengeSecret('reset'), new Date())
  if (identifier === null) redirect(earlierStep('/reset/code'))
  const t = await getTranslations()
  return (
    <FlowPage
      heading={t('resetPassword.title')}
      intro={t('resetPassword.intro')}
      steps={await flowSteps('reset', 3)}
    >
      <Form
        name="resetPassword"
        action={submitNewPassword}
        text={
          await formText('resetPassword', [
            'password_missing',
            'password_too_short',
            'password_too_long',
          ])
        }
      >
        {identifier && <UsernameOfPassword value={identifier} />}
        <PasswordField
          name="newPassword"
          label={t('field.newPassword')}
          hint={t('field.passwordRules')}
          autoComplete="new-password"
        />
      </Form>
    </FlowPage>
  )
}
