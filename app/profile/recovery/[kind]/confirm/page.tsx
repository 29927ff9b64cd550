import { redirect } from 'next/navigation'
import { TextLink } from '@/components/flow-page'
import { maskAddress } from '@/lib/addresses'
import { findOpenStep, findRecovery } from '@/lib/contacts'
import { type ResentParams, resentOf } from '../../../../_forms/code-step'
import { SendOrEnterCode } from '../../../../_forms/send-or-enter-code'
import { requireSession } from '../../../../_session/session'
import { flowSteps } from '../../../../_text/steps'
import { getTranslations } from '../../../../_text/translations'
import { restrictedPage } from '../../../restriction/restricted-page'
import { resendConfirmation, sendConfirmation, submitConfirmation } from '../../actions'
import { type KindParams, readKind } from '../../kind'

export default async function ConfirmPage(params: KindParams & ResentParams) {
  const kind = await readKind(params)
  const { userId } = await requireSession('/profile')
  const restricted = await restrictedPage(userId, 'recoverySend')
  if (restricted) return restricted
  const waiting = await findRecovery(userId, kind)
  if (!waiting || waiting.confirmedAt) redirect('/profile')
  const open = await findOpenStep(userId, 'confirm_recovery', kind, new Date())
  const address = maskAddress(waiting.address)
  const t = await getTranslations()
  return (
    <SendOrEnterCode
      address={address}
      view={open?.view}
      send={{
        screen: 'recoverySend',
        intro: t('recoverySend.intro', { address }),
        action: sendConfirmation.bind(null, kind),
      }}
      enter={{
        screen: 'recoveryConfirm',
        intro: () => t('recoveryConfirm.intro', { address }),
        action: submitConfirmation,
        resend: resendConfirmation.bind(null, kind),
        resent: await resentOf(params),
        restart: '/profile',
      }}
      steps={await flowSteps('recovery', 4)}
      after={<TextLink href="/profile">{t('recoveryConfirm.later')}</TextLink>}
    />
  )
}
