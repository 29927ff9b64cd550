import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { FlowPage, TextLink } from '@/components/flow-page'
import { findEmailToConfirm } from '@/lib/contacts'
import { CodeStep, isResent, type ResentParams } from '../../../_forms/code-step'
import { Form } from '../../../_forms/forms'
import { requireSession } from '../../../_session/session'
import { formText } from '../../../_text/screens'
import { resendEmailCode, sendEmailCode, submitEmailCode } from './actions'

export default async function ProveEmailPage(params: ResentParams) {
  const { userId } = await requireSession('/profile/email/verify')
  const waiting = await findEmailToConfirm(userId, new Date())
  if (!waiting) redirect('/profile')
  const { mask: address, view } = waiting
  const t = await getTranslations()
  const later = <TextLink href="/profile">{t('recoveryConfirm.later')}</TextLink>
  const other = { href: '/profile/email', label: t('verifyEmailSend.other') }
  if (!view || view.isExhausted)
    return (
      <FlowPage
        heading={t('verifyEmailSend.title')}
        intro={t('verifyEmailSend.intro', { address })}
        back={other}
        after={later}
      >
        <Form name="button" action={sendEmailCode} text={await formText('verifyEmailSend', [])} />
      </FlowPage>
    )
  return (
    <CodeStep
      screen="verifyEmail"
      intro={t('verifyEmail.intro', { address })}
      view={view}
      action={submitEmailCode}
      resend={resendEmailCode}
      isResent={await isResent(params)}
      restart="/profile/email/verify"
      back={other}
      after={later}
    />
  )
}
