import { Alert } from '@/components/alert'
import { FlowPage } from '@/components/flow-page'
import { findHoldLink, type HoldLink } from '@/lib/recovery'
import { CallCare } from '../../_forms/call-care'
import { Form } from '../../_forms/forms'
import { LinkGone } from '../../_forms/link-gone'
import { formatMoment } from '../../_text/format'
import { PageTitle } from '../../_text/page-title'
import { formText } from '../../_text/screens'
import { getTranslations } from '../../_text/translations'
import { stopPassword } from '../actions'

type EndedLink = HoldLink & { state: Exclude<HoldLink['state'], 'open'> }

type Props = { params: Promise<{ token: string }> }

/** Only shows what will happen: mail scanners open every link, so a GET must change nothing. */
export default async function StopPasswordPage({ params }: Props) {
  const { token } = await params
  const link = await findHoldLink(token)
  if (!link) return <LinkGone />
  const { state, ...facts } = link
  return state === 'open' ? (
    <Stop token={token} dueAt={link.dueAt} />
  ) : (
    <Ended link={{ ...facts, state }} />
  )
}

async function Stop({ token, dueAt }: { token: string; dueAt: Date }) {
  const t = await getTranslations('stopPassword')
  return (
    <FlowPage heading={t('title')} intro={t('intro')}>
      <p className="font-semibold">{t('when', { at: await formatMoment(dueAt) })}</p>
      <Form
        name="button"
        action={stopPassword.bind(null, token)}
        text={await formText('stopPassword', [])}
        look="alarm"
      />
      <p>{t('effect')}</p>
      <CallCare />
    </FlowPage>
  )
}

const SCREENS = {
  stopped: 'passwordStopped',
  released: 'passwordReleased',
  over: 'passwordOver',
} as const

/** What became of it, what holds for the account now, and what to do if that is wrong. */
async function Ended({ link: { state, isFrozen } }: { link: EndedLink }) {
  const screen = SCREENS[state]
  const t = await getTranslations()
  return (
    <FlowPage heading={t(`${screen}.title`)}>
      <PageTitle screen={screen} />
      <Alert tone={state === 'released' ? 'warning' : 'success'} role="status">
        {t(`${screen}.intro`)}
      </Alert>
      {isFrozen && <p className="font-semibold">{t('veto.isFrozen')}</p>}
      <p>{t(`${screen}.next`)}</p>
      <CallCare />
    </FlowPage>
  )
}
