import { FlowPage, TextLink } from '@/components/flow-page'
import { PasswordField } from '@/components/form/password-field'
import type { FlowEndParams } from '../../_forms/flow-end'
import { FlowEndBanner } from '../../_forms/flow-end-banner'
import { Form } from '../../_forms/forms'
import { requireSession } from '../../_session/session'
import { formText } from '../../_text/screens'
import { getTranslations } from '../../_text/translations'
import { restrictedPage } from '../restriction/restricted-page'
import { submitExport } from './actions'

export default async function ExportPage(params: FlowEndParams) {
  const { userId } = await requireSession('/profile/export')
  const restricted = await restrictedPage(userId, 'exportData')
  if (restricted) return restricted
  const t = await getTranslations()
  return (
    <FlowPage
      heading={t('exportData.title')}
      intro={t('exportData.intro')}
      back={{ href: '/profile', label: t('password.toProfile') }}
      after={<TextLink href="/reset">{t('login.forgot')}</TextLink>}
    >
      <FlowEndBanner {...params} />
      <Form
        name="exportData"
        action={submitExport}
        text={await formText('exportData', ['password_missing'])}
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
