import { redirect } from 'next/navigation'
import { TextLink } from '@/components/flow-page'
import { findRegistrationEmail } from '@/lib/contacts'
import { CodeStep, type ResentParams, resentOf } from '../../_forms/code-step'
import { challengeSecret } from '../../_session/challenge-cookie'
import { getTranslations } from '../../_text/translations'
import { resendRegistrationEmailCode, submitRegistrationEmailCode } from '../actions'

export default async function RegisterEmailPage(params: ResentParams) {
  const email = await findRegistrationEmail(await challengeSecret('register'), new Date())
  if (!email?.view) redirect('/register/done')
  const t = await getTranslations('registerEmail')
  return (
    <CodeStep
      screen="registerEmail"
      intro={t('intro', { address: email.address })}
      address={email.address}
      note={t('missing')}
      view={email.view}
      action={submitRegistrationEmailCode}
      resend={resendRegistrationEmailCode}
      resent={await resentOf(params)}
      restart="/profile/email/verify"
      after={<TextLink href="/register/done">{t('later')}</TextLink>}
    />
  )
}
