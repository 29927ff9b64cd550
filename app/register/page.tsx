import { redirect } from 'next/navigation'
import { FlowPage, TextLink } from '@/components/flow-page'
import { EmailField } from '@/components/form/email-field'
import { PhoneField, TextField } from '@/components/form/fields'
import { PasswordField } from '@/components/form/password-field'
import { findRegistration } from '@/lib/accounts'
import { parseIdentifier } from '@/lib/addresses'
import { env } from '@/lib/platform/env'
import { endedAt, type FlowEndParams, flowEndOf } from '../_forms/flow-end'
import { FlowEndBanner } from '../_forms/flow-end-banner'
import { Form } from '../_forms/forms'
import { VIA } from '../_forms/via'
import { challengeSecret } from '../_session/challenge-cookie'
import { currentSession } from '../_session/session'
import { typedIdentifier } from '../_session/typed-identifier'
import { formText } from '../_text/screens'
import { getTranslations } from '../_text/translations'
import { submitRegistration } from './actions'

const REFUSALS = [
  'name_missing',
  'name_too_long',
  'email_missing',
  'email_malformed',
  'email_too_long',
  'phone_missing',
  'password_missing',
  'password_too_short',
  'password_too_long',
] as const

export default async function RegisterPage(params: FlowEndParams) {
  if (await currentSession()) redirect(await profileOf(params))
  const t = await getTranslations()
  const values = await typedBefore()
  const whatsapp = env().hasWhatsapp
    ? { name: VIA, value: 'whatsapp', label: t('register.byWhatsapp') }
    : undefined
  const links = (
    <>
      <TextLink href="/reset">{t('login.forgot')}</TextLink>
      <TextLink href="/login">{t('register.toLogin')}</TextLink>
    </>
  )
  return (
    <FlowPage heading={t('register.title')} intro={t('register.intro')} after={links}>
      <FlowEndBanner {...params} />
      <Form
        name="register"
        action={submitRegistration}
        text={await formText('register', REFUSALS)}
        values={values}
        alternative={whatsapp}
      >
        <TextField name="name" label={t('field.name')} autoComplete="name" autoCapitalize="words" />
        <EmailField
          label={t('field.email')}
          hint={t('field.emailHint')}
          suggestion={t.raw('field.emailMeant')}
          warning={t.raw('field.emailLookAlike')}
        />
        <PhoneField label={t('field.phone')} hint={t('field.phoneHint')} />
        <PasswordField
          name="password"
          label={t('field.password')}
          hint={t('field.passwordRules')}
          autoComplete="new-password"
        />
      </Form>
    </FlowPage>
  )
}

/** The profile of a signed-in customer, with what ended the registration, if something did. */
async function profileOf({ searchParams }: FlowEndParams) {
  const ending = flowEndOf((await searchParams).ended)
  return ending ? endedAt('/profile', ending) : '/profile'
}

/** What this browser typed in a registration that it began, or as the identifier of a login. */
async function typedBefore(): Promise<Record<string, string>> {
  const begun = await findRegistration(await challengeSecret('register'), new Date())
  if (begun) return begun.typed
  const identifier = await typedIdentifier()
  const parsed = parseIdentifier(identifier)
  return parsed.ok ? { [parsed.value.kind]: identifier } : {}
}
