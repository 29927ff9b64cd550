import { redirect } from 'next/navigation'
import { TextLink } from '@/components/flow-page'
import { findEmailToConfirm } from '@/lib/contacts'
import { type ResentParams, resentOf } from '../../../_forms/code-step'
import { SendOrEnterCode } from '../../../_forms/send-or-enter-code'
import { requireSession } from '../../../_session/session'
import { getTranslations } from '../../../_text/translations'
import { restrictedPage } from '../../restriction/restricted-page'
import { resendEmailCode, sendEmailCode, submitEmailCode } from './actions'

export default async function VerifyEmailPage(params: ResentParams) {
  const { userId } = await requireSession('/profile/email/verify')
  const restricted = await restrictedPage(userId, 'verifyEmailSend')
  if (restricted) return restricted
  const waiting = await findEmailToConfirm(userId, new Date())
  if (!waiting) redirect('/profile')
  const { mask: address, view } = waiting
  const t = await getTranslations()
  return (
    <SendOrEnterCode
      address={address}
      view={view}
      send={{
        screen: 'verifyEmailSend',
        intro: t('verifyEmailSend.intro', { address }),
        action: sendEmailCode,
      }}
      enter={{
        screen: 'verifyEmail',
        intro: () => t('verifyEmail.intro', { address }),
        action: submitEmailCode,
        resend: resendEmailCode,
        resent: await resentOf(params),
        restart: '/profile/email/verify',
      }}
      back={{ href: '/profile/email', label: t('verifyEmailSend.other') }}
      after={<TextLink href="/profile">{t('recoveryConfirm.later')}</TextLink>}
    />
  )
}
