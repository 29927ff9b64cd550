import { Alert } from '@/components/alert'
import { CopyButton } from '@/components/copy-button'
import { FlowPage } from '@/components/flow-page'
import { findVetoLink, type VetoLink } from '@/lib/support'
import { CallCare } from '../../_forms/call-care'
import { Form } from '../../_forms/forms'
import { LinkGone } from '../../_forms/link-gone'
import { formatMoment } from '../../_text/format'
import { PageTitle } from '../../_text/page-title'
import { formText } from '../../_text/screens'
import { getTranslations } from '../../_text/translations'
import { stopUnfreeze } from '../actions'

type Props = { params: Promise<{ token: string }> }

/** Only shows what will happen: mail scanners open every link, so a GET must change nothing. */
export default async function VetoPage({ params }: Props) {
  const { token } = await params
  const link = await findVetoLink(token)
  if (!link) return <LinkGone />
  return link.state === 'open' ? <Stop token={token} link={link} /> : <Ended link={link} />
}

type StopProps = { token: string; link: VetoLink }

async function Stop({ token, link: { dueAt, caseNumber } }: StopProps) {
  const t = await getTranslations('veto')
  return (
    <FlowPage heading={t('title')} intro={t('intro')}>
      {dueAt && <p className="font-semibold">{t('when', { at: await formatMoment(dueAt) })}</p>}
      <Form
        name="button"
        action={stopUnfreeze.bind(null, token)}
        text={await formText('veto', [])}
        look="alarm"
      />
      <p>{t('effect')}</p>
      <CaseNumber number={caseNumber} />
      <CallCare />
    </FlowPage>
  )
}

/** What became of it, what holds for the account now, and what to do if that is wrong. */
async function Ended({ link: { state, isFrozen, caseNumber } }: { link: VetoLink }) {
  const isStopped = state === 'closed'
  const screen = isStopped ? 'vetoStopped' : 'vetoOpened'
  const t = await getTranslations()
  return (
    <FlowPage heading={t(`${screen}.title`)}>
      <PageTitle screen={screen} />
      <Alert tone={isStopped ? 'success' : 'warning'} role="status">
        {t(`${screen}.intro`)}
      </Alert>
      <p className="font-semibold">{t(isFrozen ? 'veto.isFrozen' : 'veto.isOpen')}</p>
      <p>{t(isFrozen ? 'vetoStopped.next' : 'vetoOpened.next')}</p>
      <CaseNumber number={caseNumber} />
      <CallCare />
    </FlowPage>
  )
}

async function CaseNumber({ number }: { number: string }) {
  const t = await getTranslations('veto')
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4">
      <p>
        {t('case')} <strong className="tabular-nums">{number}</strong>
      </p>
      <CopyButton text={number} label={t('copy')} copiedLabel={t('copied')} />
    </div>
  )
}
