import { FlowPage, TextLink } from '@/components/flow-page'
import { PasswordField } from '@/components/form/password-field'
import { Form } from '../../_forms/forms'
import { requireSession } from '../../_session/session'
import { formText } from '../../_text/screens'
import { getTranslations } from '../../_text/translations'
import { submitPasswordChange } from './actions'

export default async function PasswordPage() {
  await requireSession('/profile/password')
  const t = await getTranslations()
  return (
    <FlowPage
      heading={t('password.title')}
      intro={t('password.intro')}
      back={{ href: '/profile', label: t('password.toProfile') }}
      after={<TextLink href="/reset">{t('login.forgot')}</TextLink>}
    >
      <Form
        name="password"
        action={submitPasswordChange}
        text={
          await formText('password', [
            'password_missing',
            'password_too_short',
            'password_too_long',
          ])
        }
      >
        <PasswordField
          name="currentPassword"
          label={t('field.currentPassword')}
          autoComplete="current-password"
        />
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
