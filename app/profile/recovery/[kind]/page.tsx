import { getTranslations } from 'next-intl/server'
import { FlowPage } from '@/components/flow-page'
import { EmailField } from '@/components/form/email-field'
import { PhoneField } from '@/components/form/fields'
import { findRequested } from '@/lib/contacts'
import { requireSession } from '../../../_session/session'
import { formText } from '../../../_text/screens'
import { flowSteps } from '../../../_text/steps'
import { RecoveryEmailForm, RecoveryPhoneForm } from '../address-forms'
import { type KindParams, readKind } from '../kind'

export default async function AddressPage(params: KindParams) {
  const kind = await readKind(params)
  const { userId } = await requireSession(`/profile/recovery/${kind}`)
  const requested = await findRequested(userId, new Date())
  const values = requested?.kind === kind ? { [kind]: requested.address } : {}
  const t = await getTranslations()
  const screen = kind === 'email' ? 'recoveryEmail' : 'recoveryPhone'
  return (
    <FlowPage
      heading={t(`${screen}.title`)}
      intro={t(`${screen}.intro`)}
      steps={await flowSteps('recovery', 2)}
      back={{ href: '/profile/recovery', label: t('common.back') }}
    >
      {kind === 'email' ? (
        <RecoveryEmailForm
          text={await formText(screen, ['email_missing', 'email_malformed', 'email_too_long'])}
          values={values}
        >
          <EmailField
            label={t('field.email')}
            hint={t('field.emailHint')}
            suggestion={t.raw('field.emailMeant')}
          />
        </RecoveryEmailForm>
      ) : (
        <RecoveryPhoneForm text={await formText(screen, ['phone_missing'])} values={values}>
          <PhoneField label={t('field.phone')} hint={t('field.phoneHint')} />
        </RecoveryPhoneForm>
      )}
    </FlowPage>
  )
}
