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
import { documentTitle, type FormScreen, formText } from '../_text/screens'
import { Form } from './forms'

type Props = {
  screen: FormScreen
  intro: string
  view: ChallengeView
  action: FormAction
  resend: FormAction
  /** Whether the page comes back from a resend. */
  isResent: boolean
  /** Where the flow begins anew when its attempts are used up. */
  restart: string
  steps?: StepsProps
  back?: { href: string; label: string }
  after?: ReactNode
}

/** The code screen of every flow: the code, another one, and what else can be done. Times are the server's. */
export async function CodeStep({
  screen,
  intro,
  view,
  action,
  resend,
  isResent,
  restart,
  after,
  ...page
}: Props) {
  const t = await getTranslations()
  const heading = t(`${screen}.title`)
  const help = <TextLink href="/help">{t('code.help')}</TextLink>
  if (view.isExhausted)
    return (
      <FlowPage title={await documentTitle(screen)} heading={heading} after={help} {...page}>
        <Alert tone="danger">
          <p>{t('code.exhausted')}</p>
          <TextLink href={restart}>{t('code.restart')}</TextLink>
        </Alert>
      </FlowPage>
    )
  const minutes = Math.ceil(view.secondsToExpiry / 60)
  const hint = [
    t('field.codeHint', { brand: env().BRAND_NAME }),
    view.isCodeExpired ? '' : t('code.expires', { minutes }),
  ].join(' ')
  return (
    <FlowPage
      heading={heading}
      intro={intro}
      after={
        <>
          {after}
          {help}
        </>
      }
      {...page}
    >
      {view.isCodeExpired && <Alert tone="warning">{t('code.expired')}</Alert>}
      <Form
        name="code"
        action={action}
        text={
          await formText(screen, [
            'code_missing',
            'code_too_short',
            'code_too_long',
            'code_not_digits',
          ])
        }
      >
        <CodeField key={view.codeSentAt} label={t('field.code')} hint={hint} />
      </Form>
      {view.delivery && (
        <DeliveryStatus state={view.delivery} text={t(`code.delivery.${view.delivery}`)} />
      )}
      <ResendForm
        action={resend}
        label={t('code.resend')}
        waitSeconds={view.secondsToResend}
        waitText={t.raw('code.resendIn')}
        sentAt={view.codeSentAt}
        sentText={isResent ? t('code.resent') : undefined}
      />
    </FlowPage>
  )
}

/** The parts of a page's address that these screens read: whether a resend has just led here. */
export type ResentParams = { searchParams: Promise<{ sent?: string }> }

export const isResent = async ({ searchParams }: ResentParams) =>
  (await searchParams).sent === 'again'
