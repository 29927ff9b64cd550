import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { FlowPage, TextLink } from '@/components/flow-page'
import { maskAddress } from '@/lib/addresses'
import { findOpenStep, findRecovery } from '@/lib/contacts'
import { CodeStep, isResent, type ResentParams } from '../../../../_forms/code-step'
import { Form } from '../../../../_forms/forms'
import { requireSession } from '../../../../_session/session'
import { formText } from '../../../../_text/screens'
import { flowSteps } from '../../../../_text/steps'
import { resendConfirmation, sendConfirmation, submitConfirmation } from '../../actions'
import { type KindParams, readKind } from '../../kind'

export default async function ConfirmPage(params: KindParams & ResentParams) {
  const kind = await readKind(params)
  const { userId } = await requireSession('/profile')
  const waiting = await findRecovery(userId, kind)
  if (!waiting || waiting.confirmedAt) redirect('/profile')
  const open = await findOpenStep(userId, 'confirm_recovery', kind, new Date())
  const t = await getTranslations()
  const steps = await flowSteps('recovery', 4)
  const later = <TextLink href="/profile">{t('recoveryConfirm.later')}</TextLink>
  if (!open || open.view.isExhausted)
    return (
      <FlowPage
        heading={t('recoverySend.title')}
        intro={t('recoverySend.intro', { address: maskAddress(waiting.address) })}
        steps={steps}
        after={later}
      >
        <Form
          name="button"
          action={sendConfirmation.bind(null, kind)}
          text={await formText('recoverySend', [])}
        />
      </FlowPage>
    )
  return (
    <CodeStep
      screen="recoveryConfirm"
      intro={t('recoveryConfirm.intro', { address: open.address })}
      view={open.view}
      action={submitConfirmation}
      resend={resendConfirmation.bind(null, kind)}
      isResent={await isResent(params)}
      restart="/profile"
      steps={steps}
      after={later}
    />
  )
}
