import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { FlowPage, TextLink } from '@/components/flow-page'
import { maskAddress } from '@/lib/address'
import { findOpenStep, findRecovery } from '@/lib/recovery'
import { SendForm } from '../../../../_lib/code-form'
import { CodeStep, isResent, type ResentParams } from '../../../../_lib/code-step'
import { requireSession } from '../../../../_lib/session'
import { formText } from '../../../../_lib/words'
import { resendConfirmation, sendConfirmation, submitConfirmation } from '../../actions'
import { type KindParams, readKind } from '../../kind'
import { wizardSteps } from '../../steps'

export default async function ConfirmPage(params: KindParams & ResentParams) {
  const kind = await readKind(params)
  const { userId } = await requireSession('/profile')
  const waiting = await findRecovery(userId, kind)
  if (!waiting || waiting.confirmedAt) redirect('/profile')
  const open = await findOpenStep(userId, 'confirm_recovery', kind, new Date())
  const t = await getTranslations()
  const steps = await wizardSteps(4)
  const later = <TextLink href="/profile">{t('recoveryConfirm.later')}</TextLink>
  if (!open || open.view.isExhausted)
    return (
      <FlowPage
        heading={t('recoverySend.title')}
        intro={t('recoverySend.intro', { address: maskAddress(waiting.address) })}
        steps={steps}
        after={later}
      >
        <SendForm action={sendConfirmation.bind(null, kind)} text={await formText('recoverySend', [])} />
      </FlowPage>
    )
  return (
    <CodeStep
      screen="recoveryConfirm"
      intro={t('recoveryConfirm.intro', { address: open.address })}
      view={open.view}
      action={submitConfirmation}
      resend={resendConfirmation.bind(null, kind)}
      isSignedIn
      isResent={await isResent(params)}
      restart="/profile"
      steps={steps}
      after={later}
    />
  )
}
