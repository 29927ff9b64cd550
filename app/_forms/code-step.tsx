import type { ReactNode } from 'react'
import { Alert } from '@/components/alert'
import { buttonClass } from '@/components/button'
import { DeliveryStatus } from '@/components/delivery-status'
import { ExpectedDelivery } from '@/components/expected-delivery'
import { FlowPage, TextLink } from '@/components/flow-page'
import { CodeField } from '@/components/form/fields'
import type { FormAction } from '@/components/form/form-state'
import { ResendForm } from '@/components/form/resend-form'
import type { StepsProps } from '@/components/steps'
import type { ChallengeView } from '@/lib/challenges'
import { env } from '@/lib/platform/env'
import { PageTitle } from '../_text/page-title'
import { type FormScreen, formText, screenHeading } from '../_text/screens'
import { getTranslations } from '../_text/translations'
import { Form } from './forms'
import { LookAlikeWarning } from './look-alike-warning'
import { NoCode } from './no-code'
import { SAME_CODE_BY_SMS } from './via'

const REFUSALS = ['code_missing', 'code_too_short', 'code_too_long', 'code_not_digits'] as const

export type CodeStepProps = {
  screen: FormScreen
  intro: ReactNode
  /** What to do when no code arrives. */
  note?: string
  view: ChallengeView
  action: FormAction
  resend: FormAction
  /** What was sent just now, when the page comes back from its button. */
  resent: Resent
  /** The page that starts the flow again when its attempts are used up. */
  restart: string
  /** The address that the customer confirms, as it is shown. */
  address?: string
  steps?: StepsProps
  back?: { href: string; label: string }
  after?: ReactNode
}

/**
 * The code screen of every flow: the field for the code, the resend button, and links. Times come
 * from the server.
 */
export async function CodeStep(props: CodeStepProps) {
  const { screen, intro, note, view, action, resend, resent, restart, address, after, ...page } =
    props
  const t = await getTranslations('code')
  const heading = await screenHeading(screen)
  const help = <TextLink href="/help">{t('help')}</TextLink>
  if (view.isExhausted)
    return (
      <FlowPage heading={heading} after={help} {...page}>
        <PageTitle screen={screen} />
        <Alert tone="danger" role="alert">
          {t('exhausted')}
        </Alert>
        <a href={restart} className={buttonClass()}>
          {t('restart')}
        </a>
      </FlowPage>
    )
  const links = (
    <>
      {after}
      {help}
    </>
  )
  return (
    <FlowPage heading={heading} intro={intro} after={links} {...page}>
      <LookAlikeWarning address={address} />
      {view.isCodeExpired ? (
        <Expired screen={screen} />
      ) : (
        <>
          <EnterCode screen={screen} view={view} action={action} />
          <Delivery view={view} />
        </>
      )}
      {view.phoneChannel === 'whatsapp' && (
        <ByWhatsapp isRemembered={view.delivery !== undefined} />
      )}
      <Resend view={view} resend={resend} resent={resent} />
      {note && <p className="text-sm text-muted">{note}</p>}
      <NoCode screen={screen} restart={restart} />
    </FlowPage>
  )
}

/** No code can be entered any more, so the resend is the only action. */
async function Expired({ screen }: Pick<CodeStepProps, 'screen'>) {
  const t = await getTranslations('code')
  return (
    <>
      <PageTitle screen={screen} />
      <Alert tone="warning" role="alert">
        {t('expired')}
      </Alert>
    </>
  )
}

/** The choice of a signed-in customer is remembered. */
async function ByWhatsapp({ isRemembered }: { isRemembered: boolean }) {
  const t = await getTranslations('code')
  const remembered = isRemembered ? ` ${t('remembered')}` : ''
  return (
    <p className="text-sm text-muted">
      {t('sentByWhatsapp')}
      {remembered}
    </p>
  )
}

/** Whether the code has arrived; for a stranger, what to expect by the time that has passed. */
async function Delivery({ view }: Pick<CodeStepProps, 'view'>) {
  const t = await getTranslations('code')
  if (view.delivery)
    return (
      <DeliveryStatus
        state={view.delivery}
        text={t(`delivery.${view.delivery}`)}
        reload={t('delivery.reload')}
      />
    )
  const words = {
    sending: t('expected.sending'),
    soon: t('expected.soon'),
    late: t('expected.late'),
  }
  return <ExpectedDelivery key={view.codeSentAt} seconds={view.secondsSinceSent} words={words} />
}

async function EnterCode({
  screen,
  view,
  action,
}: Pick<CodeStepProps, 'screen' | 'view' | 'action'>) {
  const t = await getTranslations()
  const minutes = Math.ceil(view.secondsToExpiry / 60)
  const hint = `${t('field.codeHint', { brand: env().BRAND_NAME })} ${t('code.expires', { minutes })}`
  return (
    <Form name="code" action={action} text={await formText(screen, REFUSALS)}>
      <CodeField key={view.codeSentAt} label={t('field.code')} hint={hint} />
    </Form>
  )
}

async function Resend({ view, resend, resent }: Pick<CodeStepProps, 'view' | 'resend' | 'resent'>) {
  const t = await getTranslations('code')
  const sentText = resent && t(resent === 'sms' ? 'alsoBySms' : 'resent')
  return (
    <ResendForm
      action={resend}
      label={t('resend')}
      waitSeconds={view.secondsToResend}
      waitText={t.raw('resendIn')}
      sentAt={view.codeSentAt}
      sentText={view.isCodeExpired ? undefined : sentText}
      isOnlyWay={view.isCodeExpired}
      other={await otherChannel(view)}
    />
  )
}

/** The button of the other channel. While a code by WhatsApp is valid, the SMS repeats it at once. */
async function otherChannel({ phoneChannel, isCodeExpired }: ChallengeView) {
  const t = await getTranslations('code')
  if (phoneChannel === undefined) return undefined
  if (phoneChannel === 'sms') return { value: 'whatsapp', label: t('byWhatsapp'), isAtOnce: false }
  const value = isCodeExpired ? 'sms' : SAME_CODE_BY_SMS
  return { value, label: t('bySms'), isAtOnce: !isCodeExpired }
}

/** The search parameters of a code screen, and what its button has just sent. */
export type ResentParams = { searchParams: Promise<{ sent?: string }> }
export type Resent = 'again' | 'sms' | undefined

export async function resentOf({ searchParams }: ResentParams): Promise<Resent> {
  const { sent } = await searchParams
  return sent === 'again' || sent === 'sms' ? sent : undefined
}
