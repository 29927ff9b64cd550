import { redirect } from 'next/navigation'
import { TextLink } from '@/components/flow-page'
import { findRegistration } from '@/lib/accounts'
import { CodeStep, type ResentParams, resentOf } from '../../_forms/code-step'
import { flowStart } from '../../_forms/flow-end'
import { challengeSecret } from '../../_session/challenge-cookie'
import { getTranslations } from '../../_text/translations'
import { unbroken } from '../../_text/unbroken'
import { resendRegistrationCode, submitRegistrationCode } from '../actions'

export default async function RegisterCodePage(params: ResentParams) {
  const begun = await findRegistration(await challengeSecret('register'), new Date())
  if (!begun) redirect(flowStart('/register'))
  const { typed, view } = begun
  const t = await getTranslations('registerCode')
  return (
    <CodeStep
      screen="registerCode"
      intro={
        <>
          {t('intro', { phone: unbroken(typed.phone) })}{' '}
          <TextLink href="/register">{t('back')}</TextLink>
        </>
      }
      view={view}
      action={submitRegistrationCode}
      resend={resendRegistrationCode}
      resent={await resentOf(params)}
      restart="/register"
    />
  )
}
