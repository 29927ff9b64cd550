import { redirect } from 'next/navigation'
import { FlowPage, TextLink } from '@/components/flow-page'
import { PasswordField } from '@/components/form/password-field'
import { readProfile } from '@/lib/accounts'
import { Form } from '../../_forms/forms'
import { requireSession } from '../../_session/session'
import { formatMoment } from '../../_text/format'
import { formText } from '../../_text/screens'
import { getTranslations } from '../../_text/translations'
import { submitCancelHeld } from './actions'

/**
 * Cancels a held password. It asks for the present password: a thief with a stolen session must not
 * cancel the reset of the owner.
 */
export default async function CancelHeldPage() {
  const { userId } = await requireSession('/profile/held')
  const { heldUntil } = await readProfile(userId)
  if (!heldUntil) redirect('/profile')
  const t = await getTranslations()
  return (
    <FlowPage
      heading={t('cancelHeld.title')}
      intro={t('profile.held', { at: await formatMoment(heldUntil) })}
      back={{ href: '/profile', label: t('password.toProfile') }}
      after={<TextLink href="/profile/freeze">{t('profile.freezeLink')}</TextLink>}
    >
      <Form
        name="cancelHeld"
        action={submitCancelHeld}
        text={await formText('cancelHeld', ['password_missing'])}
        look="alarm"
      >
        <PasswordField
          name="currentPassword"
          label={t('field.currentPassword')}
          autoComplete="current-password"
        />
      </Form>
    </FlowPage>
  )
}
