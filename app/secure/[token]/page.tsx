import { getTranslations } from 'next-intl/server'
import { Alert } from '@/components/alert'
import { FlowPage, TextLink } from '@/components/flow-page'
import { findSecureLink, type SecureLink } from '@/lib/activity'
import { Form } from '../../_forms/forms'
import { PageTitle } from '../../_text/page-title'
import { refusalSentence } from '../../_text/refusal'
import { formText } from '../../_text/screens'
import { beginUnfreeze, freeze } from '../actions'
import { EventFacts } from './event-facts'

type Props = { params: Promise<{ token: string }> }

/** Only shows the event: mail scanners open every link, so a GET must change nothing. */
export default async function SecurePage({ params }: Props) {
  const { token } = await params
  const link = await findSecureLink(token, new Date())
  if (!link) return <Gone refusal="link_unknown" />
  if (link.state === 'expired') return <Gone refusal="link_expired" />
  if (link.isFrozen) return <Frozen token={token} link={link} />
  return link.state === 'closed' ? (
    <Gone refusal="link_closed" />
  ) : (
    <Stop token={token} link={link} />
  )
}

type LinkProps = { token: string; link: SecureLink }

async function Stop({ token, link }: LinkProps) {
  const t = await getTranslations('secure')
  return (
    <FlowPage heading={t('title')} intro={t('intro')}>
      <EventFacts event={link} />
      <Alert tone="warning">{t('effect')}</Alert>
      <Form name="button" action={freeze.bind(null, token)} text={await formText('secure', [])} />
    </FlowPage>
  )
}

async function Frozen({ token, link }: LinkProps) {
  const t = await getTranslations('secureFrozen')
  return (
    <FlowPage heading={t('title')} intro={t('intro')}>
      <EventFacts event={link} />
      <p>{t('next')}</p>
      <Form
        name="button"
        action={beginUnfreeze.bind(null, token)}
        text={await formText('secureFrozen', [])}
      />
    </FlowPage>
  )
}

async function Gone({ refusal }: { refusal: 'link_unknown' | 'link_expired' | 'link_closed' }) {
  const t = await getTranslations('secureGone')
  const login = <TextLink href="/login">{t('login')}</TextLink>
  return (
    <FlowPage heading={t('title')} after={login}>
      <PageTitle screen="secureGone" />
      <Alert tone="warning">
        <p>{await refusalSentence({ refusal })}</p>
        <TextLink href="/help">{t('help')}</TextLink>
      </Alert>
    </FlowPage>
  )
}
