import { Alert } from '@/components/alert'
import { FlowPage, TextLink } from '@/components/flow-page'
import { PasswordField } from '@/components/form/password-field'
import { readSavedCodeState } from '@/lib/recovery'
import type { FlowEndParams } from '../../_forms/flow-end'
import { FlowEndBanner } from '../../_forms/flow-end-banner'
import { Form } from '../../_forms/forms'
import { requireSession } from '../../_session/session'
import { formText } from '../../_text/screens'
import { getFormatter, getTranslations } from '../../_text/translations'
import { restrictedPage } from '../restriction/restricted-page'
import { submitMaking } from './actions'

export default async function SavedCodePage(params: FlowEndParams) {
  const { userId } = await requireSession('/profile/saved-code')
  const restricted = await restrictedPage(userId, 'makeSavedCode')
  if (restricted) return restricted
  const t = await getTranslations()
  return (
    <FlowPage
      heading={t('makeSavedCode.title')}
      intro={t('makeSavedCode.intro')}
      back={{ href: '/profile', label: t('password.toProfile') }}
      after={<TextLink href="/reset">{t('login.forgot')}</TextLink>}
    >
      <FlowEndBanner {...params} />
      <Replaces userId={userId} />
      <Form
        name="makeSavedCode"
        action={submitMaking}
        text={await formText('makeSavedCode', ['password_missing'])}
      >
        <PasswordField
          name="currentPassword"
          label={t('field.currentPassword')}
          hint={t('makeSavedCode.phone')}
          autoComplete="current-password"
        />
      </Form>
    </FlowPage>
  )
}

/** That the present code ends; nothing without one. */
async function Replaces({ userId }: { userId: string }) {
  const saved = await readSavedCodeState(userId)
  if (saved.state !== 'made') return null
  const [t, format] = [await getTranslations('makeSavedCode'), await getFormatter()]
  const date = format.dateTime(saved.at, { dateStyle: 'medium' })
  return <Alert tone="warning">{t('replaces', { date })}</Alert>
}
