import { FlowPage } from '@/components/flow-page'
import { EmailField } from '@/components/form/email-field'
import { PhoneField } from '@/components/form/fields'
import { findRequested } from '@/lib/contacts'
import { Form } from '../../../_forms/forms'
import { draftOf } from '../../../_session/draft'
import { requireSession } from '../../../_session/session'
import { formText } from '../../../_text/screens'
import { flowSteps } from '../../../_text/steps'
import { getTranslations } from '../../../_text/translations'
import { restrictedPage } from '../../restriction/restricted-page'
import { saveEmail, savePhone } from '../actions'
import { ConsentText } from '../consent-text'
import { type KindParams, readKind } from '../kind'

const REFUSALS = {
  email: ['email_missing', 'email_malformed', 'email_too_long'],
  phone: ['phone_missing'],
} as const

export default async function AddressPage(params: KindParams) {
  const kind = await readKind(params)
  const { userId } = await requireSession(`/profile/recovery/${kind}`)
  const screen = kind === 'email' ? 'recoveryEmail' : 'recoveryPhone'
  const restricted = await restrictedPage(userId, screen)
  if (restricted) return restricted
  const requested = await findRequested(userId, new Date())
  const values =
    requested?.kind === kind
      ? { [kind]: requested.address }
      : await draftOf(userId, `/profile/recovery/${kind}`)
  const t = await getTranslations()
  return (
    <FlowPage
      heading={t(`${screen}.title`)}
      intro={t(`${screen}.intro`)}
      steps={await flowSteps('recovery', 2)}
      back={{ href: '/profile/recovery', label: t('common.back') }}
    >
      <Form
        name={screen}
        action={kind === 'email' ? saveEmail : savePhone}
        text={await formText(screen, REFUSALS[kind])}
        values={values}
      >
        {kind === 'email' ? (
          <EmailField
            label={t('field.email')}
            hint={t('field.emailHint')}
            suggestion={t.raw('field.emailMeant')}
            warning={t.raw('field.emailLookAlike')}
          />
        ) : (
          <PhoneField label={t('field.phone')} hint={t('field.phoneHint')} />
        )}
        <ConsentText button={t(`${screen}.submit`)} />
      </Form>
    </FlowPage>
  )
}
