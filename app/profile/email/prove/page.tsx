import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { FlowPage, TextLink } from '@/components/flow-page'
import { findEmailToConfirm } from '@/lib/contacts'
import { SendForm } from '../../../_forms/code-form'
import { CodeStep, isResent, type ResentParams } from '../../../_forms/code-step'
import { requireSession } from '../../../_session/session'
import { formText } from '../../../_text/screens'
import { resendEmailCode, sendEmailCode, submitEmailCode } from './actions'

export default async function ProveEmailPage(params: ResentParams) {
  const { userId } = await requireSession('/profile/email/prove')
  const waiting = await findEmailToConfirm(userId, new Date())
  if (!waiting) redirect('/profile')
  const { mask: address, view } = waiting
  const t = await getTranslations()
  const later = <TextLink href="/profile">{t('recoveryConfirm.later')}</TextLink>
  const other = { href: '/profile/email', label: t('proveEmailSend.other') }
  if (!view || view.isExhausted)
    return (
      <FlowPage
        heading={t('proveEmailSend.title')}
        intro={t('proveEmailSend.intro', { address })}
        back={other}
        after={later}
      >
        <SendForm action={sendEmailCode} text={await formText('proveEmailSend', [])} />
      </FlowPage>
    )
  return (
    <CodeStep
      screen="proveEmail"
      intro={t('proveEmail.intro', { address })}
      view={view}
      action={submitEmailCode}
      resend={resendEmailCode}
      isResent={await isResent(params)}
      restart="/profile/email/prove"
      back={other}
      after={later}
    />
  )
}
