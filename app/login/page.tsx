import { redirect } from 'next/navigation'
import { Alert } from '@/components/alert'
import { FlowPage, TextLink } from '@/components/flow-page'
import { IdentifierField } from '@/components/form/fields'
import { PasswordField } from '@/components/form/password-field'
import { Form } from '../_forms/forms'
import { hasDraft } from '../_session/draft'
import { currentSession } from '../_session/session'
import { typedIdentifier } from '../_session/typed-identifier'
import { formText } from '../_text/screens'
import { getTranslations } from '../_text/translations'
import { submitLogin } from './actions'

type Props = { searchParams: Promise<{ next?: string }> }

export default async function LoginPage({ searchParams }: Props) {
  if (await currentSession()) redirect('/profile')
  const t = await getTranslations()
  const { next = '' } = await searchParams
  const identifier = await typedIdentifier()
  const links = (
    <>
      <TextLink href="/reset">{t('login.forgot')}</TextLink>
      <TextLink href="/register">{t('login.toRegister')}</TextLink>
    </>
  )
  return (
    <FlowPage heading={t('login.title')} intro={t('login.intro')} after={links}>
      {next && <Alert>{t((await hasDraft()) ? 'login.ended' : 'login.next')}</Alert>}
      <Form
        name="login"
        action={submitLogin}
        text={await formText('login', ['identifier_missing', 'password_missing'])}
        values={{ identifier }}
      >
        <input type="hidden" name="next" defaultValue={next} />
        <IdentifierField label={t('field.identifier')} />
        <PasswordField
          name="password"
          label={t('field.password')}
          autoComplete="current-password"
        />
      </Form>
    </FlowPage>
  )
}
