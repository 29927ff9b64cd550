import { redirect } from 'next/navigation'
import { Alert } from '@/components/alert'
import { buttonClass } from '@/components/button'
import { FlowPage, TextLink } from '@/components/flow-page'
import { EmailField } from '@/components/form/email-field'
import { PhoneField } from '@/components/form/fields'
import { PasswordField } from '@/components/form/password-field'
import { RadioGroup } from '@/components/form/radio-group'
import {
  type AddressSlot,
  type ChangeOffer,
  type ChangeProgress,
  findChange,
  readChangeOffer,
} from '@/lib/contacts'
import type { FlowEndParams } from '../../_forms/flow-end'
import { FlowEndBanner } from '../../_forms/flow-end-banner'
import { Form } from '../../_forms/forms'
import { draftOf } from '../../_session/draft'
import { requireSession } from '../../_session/session'
import { formText } from '../../_text/screens'
import { flowSteps } from '../../_text/steps'
import { getTranslations } from '../../_text/translations'
import { NoOtherProof } from '../no-other-proof'
import { proofChoices } from '../proof-choices'
import { ConsentText } from '../recovery/consent-text'
import { RecycledNumber } from '../recycled-number'
import { restrictedPage } from '../restriction/restricted-page'
import { requestChange } from './actions'
import { baseOf } from './slot'

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

type SlotProps = { slot: AddressSlot }

/**
 * The first step: the new address, the password for a primary address, and the address that gets
 * the code.
 */
export async function ChangeStart({ slot, params }: SlotProps & { params: FlowEndParams }) {
  const { userId } = await requireSession(baseOf(slot))
  const restricted = await restrictedPage(userId, screenOf(slot))
  if (restricted) return restricted
  const [offer, begun] = await Promise.all([
    readChangeOffer(userId, slot),
    findChange({ userId, now: new Date() }, slot),
  ])
  if (!offer) redirect('/profile')
  const { current: address } = offer
  const screen = screenOf(slot)
  const words = address ? screen : 'addEmail'
  const [t, choices] = [await getTranslations(), await proofChoices(offer)]
  return (
    <FlowPage
      heading={t(`${words}.title`)}
      intro={address ? t(`${screen}.intro`, { address }) : t('addEmail.intro')}
      steps={await flowSteps('change', 1)}
      back={{ href: '/profile', label: t('password.toProfile') }}
      after={slot.role === 'primary' && <TextLink href="/reset">{t('login.forgot')}</TextLink>}
    >
      <FlowEndBanner {...params} />
      {!offer.isConfirmed && <ConfirmFirst />}
      {!offer.phone && <RecycledNumber />}
      {choices.length > 0 && (
        <Form
          name={screen}
          action={requestChange.bind(null, slot)}
          text={await formText(words, CHECKED)}
          values={{ ...(await draftOf(userId, baseOf(slot))), ...valuesOf(slot, offer, begun) }}
        >
          <AddressField slot={slot} />
          {slot.role === 'primary' && <CurrentPassword />}
          <RadioGroup name="proof" legend={t('changeProof.legend')} choices={choices} />
          {slot.role === 'recovery' && <ConsentText button={t(`${words}.submit`)} />}
        </Form>
      )}
      {hasNoOther(offer) && <NoOtherProof text={slot.role === 'primary' ? 'none' : 'noOther'} />}
    </FlowPage>
  )
}

const screenOf = ({ role, kind }: AddressSlot) => SCREENS[role][kind]

/** Whether no code can go to a recovery address. */
const hasNoOther = ({ recoveries }: ChangeOffer) => recoveries.length === 0

const valuesOf = ({ kind }: AddressSlot, offer: ChangeOffer, begun: ChangeProgress | null) => ({
  ...(begun && { [kind]: begun.address, proof: begun.proof }),
  ...(hasNoOther(offer) && { proof: 'primary_phone' }),
  ...(!offer.phone && { proof: 'recovery' }),
})

async function AddressField({ slot }: SlotProps) {
  const t = await getTranslations()
  const label = t(`${screenOf(slot)}.field`)
  return slot.kind === 'email' ? (
    <EmailField
      label={label}
      hint={t('field.emailHint')}
      suggestion={t.raw('field.emailMeant')}
      warning={t.raw('field.emailLookAlike')}
    />
  ) : (
    <PhoneField label={label} hint={t('field.phoneHint')} />
  )
}

async function CurrentPassword() {
  const t = await getTranslations('field')
  return (
    <PasswordField
      name="currentPassword"
      label={t('currentPassword')}
      autoComplete="current-password"
    />
  )
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
