import { AddressRow } from '@/components/address-row'
import { FlowPage, TextLink } from '@/components/flow-page'
import { PasswordField } from '@/components/form/password-field'
import { listShown, type ShownAddress } from '@/lib/contacts'
import { Form } from '../../_forms/forms'
import { requireSession } from '../../_session/session'
import { hasTicket } from '../../_session/ticket'
import { PageTitle } from '../../_text/page-title'
import { formText } from '../../_text/screens'
import { getFormatter, getTranslations } from '../../_text/translations'
import { restrictedPage } from '../restriction/restricted-page'
import { submitPasswordForAddresses } from './actions'

export default async function AddressesPage() {
  const session = await requireSession('/profile/addresses')
  const restricted = await restrictedPage(session.userId, 'addresses')
  if (restricted) return restricted
  const t = await getTranslations()
  const back = { href: '/profile', label: t('password.toProfile') }
  if (!(await hasTicket('addresses', session, new Date())))
    return (
      <FlowPage
        heading={t('addresses.title')}
        intro={t('addresses.intro')}
        back={back}
        after={<TextLink href="/reset">{t('login.forgot')}</TextLink>}
      >
        <Form
          name="addresses"
          action={submitPasswordForAddresses}
          text={await formText('addresses', ['password_missing'])}
        >
          <PasswordField
            name="currentPassword"
            label={t('field.currentPassword')}
            autoComplete="current-password"
          />
        </Form>
      </FlowPage>
    )
  const addresses = await listShown(session.userId)
  return (
    <FlowPage heading={t('addresses.title')} intro={t('addresses.shown')} back={back}>
      <PageTitle screen="addresses" />
      <ul>
        {addresses.map((shown) => (
          <ShownRow key={`${shown.role}_${shown.kind}`} shown={shown} />
        ))}
      </ul>
    </FlowPage>
  )
}

async function ShownRow({ shown }: { shown: ShownAddress }) {
  const { role, kind, address, addedAt, consent } = shown
  const [t, format] = [await getTranslations(), await getFormatter()]
  const dayOf = (at: Date) => format.dateTime(at, { dateStyle: 'medium' })
  const date = dayOf(addedAt)
  const detail = consent
    ? t('addresses.addedWithConsent', {
        date,
        consentDate: dayOf(consent.at),
        version: consent.version,
      })
    : t('addresses.addedAt', { date })
  return (
    <AddressRow kind={kind} label={t(`slot.${role}_${kind}`)} masked={address} detail={detail} />
  )
}
