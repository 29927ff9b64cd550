import { Alert } from '@/components/alert'
import { CopyButton } from '@/components/copy-button'
import { FlowPage, TextLink } from '@/components/flow-page'
import { findSecureLink, type SecureLink } from '@/lib/activity'
import { readFreezeOutlook } from '@/lib/recovery'
import { CallCare } from '../../_forms/call-care'
import { Form } from '../../_forms/forms'
import { OpensByCare } from '../../_forms/opens-by-care'
import { PageTitle } from '../../_text/page-title'
import { refusalSentence } from '../../_text/refusal'
import { formText } from '../../_text/screens'
import { getTranslations } from '../../_text/translations'
import { beginUnfreeze, freeze } from '../actions'
import { EventFacts, Happened } from './event-facts'

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
  const { opensAlone } = await readFreezeOutlook(link.userId, new Date())
  return (
    <FlowPage heading={t('title')} intro={t('intro')}>
      <Happened event={link} />
      {!opensAlone && <OpensByCare />}
      <Form
        name="button"
        action={freeze.bind(null, token)}
        text={await formText('secure', [])}
        look="alarm"
      />
      <p>{t(opensAlone ? 'effect' : 'effectCare')}</p>
      <EventFacts event={link} />
    </FlowPage>
  )
}

async function Frozen({ token, link }: LinkProps) {
  const t = await getTranslations('secureFrozen')
  const { opensAlone, reference = link.reference } = await readFreezeOutlook(
    link.userId,
    new Date(),
  )
  return (
    <FlowPage heading={t('title')}>
      <Alert tone="success" role="status">
        {t('intro')}
      </Alert>
      <Safe reference={reference} opensAlone={opensAlone} />
      {opensAlone ? (
        <Form
          name="button"
          action={beginUnfreeze.bind(null, token)}
          text={await formText('secureFrozen', [])}
          look="secondary"
        />
      ) : (
        <PageTitle screen="secureFrozen" />
      )}
    </FlowPage>
  )
}

/** What happens next, and the reference and telephone number for customer care. */
async function Safe({ reference, opensAlone }: { reference: string; opensAlone: boolean }) {
  const t = await getTranslations('secureFrozen')
  return (
    <>
      <p>{t(opensAlone ? 'next' : 'nextCare')}</p>
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <p>
          {t('reference')} <strong className="tabular-nums">{reference}</strong>
        </p>
        <CopyButton text={reference} label={t('copy')} copiedLabel={t('copied')} />
      </div>
      <CallCare />
    </>
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
