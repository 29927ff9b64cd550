import { getTranslations } from 'next-intl/server'
import { FlowPage, TextLink } from '@/components/flow-page'
import { Form } from '../_forms/forms'
import { isMaybeKnown } from '../_session/device'
import { PageTitle } from '../_text/page-title'
import { formText } from '../_text/screens'
import { forgetThisDevice } from '../login/actions'

/** After a log-out. At a shared computer the customer can have the browser forgotten. */
export default async function LoggedOutPage() {
  const t = await getTranslations('loggedOut')
  const links = (
    <>
      <TextLink href="/">{t('home')}</TextLink>
      <TextLink href="/login">{t('login')}</TextLink>
    </>
  )
  if (!(await isMaybeKnown()))
    return (
      <FlowPage heading={t('title')} intro={t('intro')} after={links}>
        <PageTitle screen="loggedOut" />
        <p>{t('forgotten')}</p>
      </FlowPage>
    )
  return (
    <FlowPage heading={t('title')} intro={t('intro')} after={links}>
      <p>{t('known')}</p>
      <p>{t('shared')}</p>
      <Form name="button" action={forgetThisDevice} text={await formText('loggedOut', [])} />
    </FlowPage>
  )
}
