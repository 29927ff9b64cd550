import { ActionButton } from '@/components/action-button'
import { FlowPage, TextLink } from '@/components/flow-page'
import { isMaybeKnown } from '../_session/device'
import { PageTitle } from '../_text/page-title'
import { getTranslations } from '../_text/translations'
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
  return (
    <FlowPage heading={t('title')} intro={t('intro')} after={links}>
      <PageTitle screen="loggedOut" />
      {(await isMaybeKnown()) ? <Forget /> : <p>{t('forgotten')}</p>}
    </FlowPage>
  )
}

async function Forget() {
  const t = await getTranslations('loggedOut')
  return (
    <>
      <p>{t('known')}</p>
      <form action={forgetThisDevice} className="border-t border-line pt-4">
        <p>{t('shared')}</p>
        <ActionButton look="quiet">{t('forget')}</ActionButton>
      </form>
    </>
  )
}
