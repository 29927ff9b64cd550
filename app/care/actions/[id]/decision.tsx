import type { ReactNode } from 'react'
import { Card } from '@/components/card'
import { AssertedForm } from '@/components/care/asserted-form'
import type { CaseActionView, DescribedChange, StaffMember } from '@/lib/support'
import { partText } from '../../../_text/screens'
import { getTranslations } from '../../../_text/translations'
import { CareForm } from '../../_forms/forms'
import { passkeyText } from '../../_session/passkey'
import { askApprove, submitApprove, submitDecline, submitWithdraw } from './actions'

type Props = { staff: StaffMember; action: CaseActionView; change: DescribedChange }

/** The buttons of the approver, of the one who asked, or why there are none. */
export async function Decision({ staff: { staffId, role }, action, change }: Props) {
  const t = await getTranslations('careApprove')
  const { actionId, state, requestedBy, approvals } = action
  const shown = { actionId, changeHash: change.changeHash, caseNumber: change.caseNumber }
  const isOwn = requestedBy.staffId === staffId
  const hasApproved = approvals.some((one) => one.staffId === staffId)
  const isWaiting = state === 'waiting'
  if (isOwn)
    return (
      <Frame text={isWaiting ? t('isWaiting') : t('own')}>
        <CareForm
          name="button"
          action={submitWithdraw.bind(null, shown)}
          text={await partText('careWithdraw', [])}
          look="danger"
        />
      </Frame>
    )
  if (role !== 'approver') return <Frame text={t('agent')} />
  return (
    <Frame text={isWaiting ? t('isWaiting') : hasApproved ? t('alreadyApproved') : undefined}>
      {!isWaiting && !hasApproved && <Approve shown={shown} />}
      <Decline shown={shown} isWaiting={isWaiting} />
    </Frame>
  )
}

function Frame({ text, children }: { text?: string | undefined; children?: ReactNode }) {
  return (
    <Card>
      <div className="grid gap-4">
        {text && <p className="font-semibold">{text}</p>}
        {children && <div className="grid items-end gap-4 sm:grid-cols-2">{children}</div>}
      </div>
    </Card>
  )
}

type ShownProps = { shown: { actionId: string; changeHash: string; caseNumber: string } }

async function Approve({ shown }: ShownProps) {
  return (
    <div>
      <AssertedForm
        begin={askApprove.bind(null, shown)}
        action={submitApprove.bind(null, shown)}
        text={await partText('careApprove', [])}
        passkey={await passkeyText()}
      />
    </div>
  )
}

async function Decline({ shown, isWaiting }: ShownProps & { isWaiting: boolean }) {
  const t = await getTranslations('careDecline')
  const text = await partText('careDecline', [])
  return (
    <CareForm
      name="button"
      action={submitDecline.bind(null, shown)}
      text={isWaiting ? { ...text, submit: t('submitStop') } : text}
      look="danger"
    />
  )
}
