import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { Alert } from '@/components/alert'
import { DeliveryStatus } from '@/components/delivery-status'
import { FlowPage, TextLink } from '@/components/flow-page'
import { CodeField } from '@/components/form/fields'
import type { FormAction } from '@/components/form/form-state'
import { ResendForm } from '@/components/form/resend-form'
import type { StepsProps } from '@/components/steps'
import type { ChallengeView } from '@/lib/challenges'
import { env } from '@/lib/platform/env'
import { PageTitle } from '../_text/page-title'
import { type FormScreen, formText, screenHeading } from '../_text/screens'
import { Form } from './forms'
import { LookAlikeWarning } from './look-alike-warning'

const REFUSALS = ['code_missing', 'code_too_short', 'code_too_long', 'code_not_digits'] as const

export type CodeStepProps = {
  screen: FormScreen
  intro: string
  /** What to do when no code arrives. */
  note?: string
  view: ChallengeView
  action: FormAction
  resend: FormAction
  /** Whether the page comes back from a resend. */
  isResent: boolean
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
  const { screen, intro, note, view, action, resend, isResent, restart, address, after, ...page } =
    props
  const t = await getTranslations('code')
  const heading = await screenHeading(screen)
  const help = <TextLink href="/help">{t('help')}</TextLink>
  if (view.isExhausted)
    return (
      <FlowPage heading={heading} after={help} {...page}>
        <PageTitle screen={screen} />
        <Alert tone="danger">
          <p>{t('exhausted')}</p>
          <TextLink href={restart}>{t('restart')}</TextLink>
        </Alert>
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
      {view.isCodeExpired && <Alert tone="warning">{t('expired')}</Alert>}
      <EnterCode screen={screen} view={view} action={action} />
      {view.delivery && (
        <DeliveryStatus state={view.delivery} text={t(`delivery.${view.delivery}`)} />
      )}
      <Resend view={view} resend={resend} isResent={isResent} />
      {note && <p className="text-sm text-muted">{note}</p>}
    </FlowPage>
  )
}

async function EnterCode({
  screen,
  view,
  action,
}: Pick<CodeStepProps, 'screen' | 'view' | 'action'>) {
  const t = await getTranslations()
  const minutes = Math.ceil(view.secondsToExpiry / 60)
  const hint = [
    t('field.codeHint', { brand: env().BRAND_NAME }),
    view.isCodeExpired ? '' : t('code.expires', { minutes }),
  ].join(' ')
  return (
    <Form name="code" action={action} text={await formText(screen, REFUSALS)}>
      <CodeField key={view.codeSentAt} label={t('field.code')} hint={hint} />
    </Form>
  )
}

async function Resend({
  view,
  resend,
  isResent,
}: Pick<CodeStepProps, 'view' | 'resend' | 'isResent'>) {
  const t = await getTranslations('code')
  return (
    <ResendForm
      action={resend}
      label={t('resend')}
      waitSeconds={view.secondsToResend}
      waitText={t.raw('resendIn')}
      sentAt={view.codeSentAt}
      sentText={isResent ? t('resent') : undefined}
    />
  )
}

/** The search parameters of a code screen: whether a resend has just redirected here. */
export type ResentParams = { searchParams: Promise<{ sent?: string }> }

export const isResent = async ({ searchParams }: ResentParams) =>
  (await searchParams).sent === 'again'
