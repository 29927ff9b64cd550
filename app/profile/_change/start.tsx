import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Alert } from '@/components/alert'
import { buttonClass } from '@/components/button'
import { FlowPage, TextLink } from '@/components/flow-page'
import { EmailField } from '@/components/form/email-field'
import { PhoneField } from '@/components/form/fields'
import { PasswordField } from '@/components/form/password-field'
import { RadioGroup } from '@/components/form/radio-group'
import { type AddressSlot, type ChangeOffer, findChange, readChangeOffer } from '@/lib/contacts'
import type { FlowEndParams } from '../../_forms/flow-end'
import { FlowEndBanner } from '../../_forms/flow-end-banner'
import { requireSession } from '../../_session/session'
import { formText } from '../../_text/screens'
import { flowSteps } from '../../_text/steps'
import { requestChange } from './actions'
import { baseOf } from './slot'
import { StartForm } from './start-form'

const SCREENS = {
  primary: { email: 'changeEmail', phone: 'changePhone' },
  recovery: { email: 'replaceEmail', phone: 'replacePhone' },
} as const

const CHECKED = [
  'email_missing',
  'email_malformed',
  'email_too_long',
  'phone_missing',
  'password_missing',
  'choice_missing',
] as const

/** The first step: the new address, the password where a primary is at stake, and where the code goes that shows who asks. */
export async function ChangeStart({ slot, params }: { slot: AddressSlot; params: FlowEndParams }) {
  const { userId } = await requireSession(baseOf(slot))
  const [offer, begun] = await Promise.all([
    readChangeOffer(userId, slot),
    findChange({ userId, now: new Date() }, slot),
  ])
  if (!offer) redirect('/profile')
  const { role, kind } = slot
  const screen = SCREENS[role][kind]
  const t = await getTranslations()
  const isForced = offer.recoveries.length === 0
  const values = {
    ...(begun && { [kind]: begun.address, proof: begun.proof }),
    ...(isForced && { proof: 'primary_phone' }),
  }
  const field = {
    label: t(`${screen}.field`),
    hint: t(kind === 'email' ? 'field.emailHint' : 'field.phoneHint'),
  }
  return (
    <FlowPage
      heading={t(`${screen}.title`)}
      intro={t(`${screen}.intro`, { address: offer.current })}
      steps={await flowSteps('change', 1)}
      back={{ href: '/profile', label: t('password.toProfile') }}
      after={role === 'primary' && <TextLink href="/reset">{t('login.forgot')}</TextLink>}
    >
      <FlowEndBanner {...params} />
      {!offer.isConfirmed && <ConfirmFirst />}
      <StartForm
        role={role}
        kind={kind}
        action={requestChange.bind(null, slot)}
        text={await formText(screen, CHECKED)}
        values={values}
      >
        {kind === 'email' ? (
          <EmailField {...field} suggestion={t.raw('field.emailMeant')} />
        ) : (
          <PhoneField {...field} />
        )}
        {role === 'primary' && (
          <PasswordField
            name="currentPassword"
            label={t('field.currentPassword')}
            autoComplete="current-password"
          />
        )}
        <RadioGroup
          name="proof"
          legend={t('changeProof.legend')}
          choices={await proofChoices(offer)}
        />
      </StartForm>
      {isForced && (
        <Alert>
          <p>{t(role === 'primary' ? 'changeProof.none' : 'changeProof.noOther')}</p>
          <TextLink href="/help">{t('changeProof.care')}</TextLink>
        </Alert>
      )}
    </FlowPage>
  )
}

async function proofChoices({ phone, recoveries }: ChangeOffer) {
  const t = await getTranslations('changeProof')
  const byPhone = { value: 'primary_phone', label: t('phone', { phone }), hint: t('phoneHint') }
  const byRecovery = {
    value: 'recovery',
    label: t('recovery', { addresses: recoveries.join(', ') }),
    hint: t('recoveryHint'),
  }
  return recoveries.length === 0 ? [byPhone] : [byPhone, byRecovery]
}

async function ConfirmFirst() {
  const t = await getTranslations('changeEmail')
  return (
    <Alert tone="warning" title={t('unconfirmed')}>
      <p>{t('unconfirmedText')}</p>
      <div className="mt-2">
        <a href="/profile/email/verify" className={buttonClass('secondary')}>
          {t('prove')}
        </a>
      </div>
    </Alert>
  )
}
