import { Facts } from '@/components/care/facts'
import type { CaseActionView, DescribedChange } from '@/lib/support'
import { formatMoment } from '../../../_text/format'
import { getTranslations } from '../../../_text/translations'
import { leftWords } from '../../_text/words'

type Props = { action: CaseActionView; change: DescribedChange; now: Date }

/** Who asked for an action and why, who approved it, until when, and what the caller has proved. */
export async function RequestFacts({ action, change, now }: Props) {
  const t = await getTranslations('careApprove')
  const { requestedBy, requestedAt, reason, ticket, expiresAt, dueAt } = action
  const until = dueAt ?? expiresAt
  const times = { at: await formatMoment(until), left: await leftWords(until, now) }
  const facts = [
    { label: t('by'), value: requestedBy.name },
    { label: t('at'), value: await formatMoment(requestedAt) },
    { label: t('reason'), value: reason },
    { label: t('ticket'), value: ticket },
    ...(await proofFacts(change)),
    { label: t('approvals'), value: await approvalWords(action) },
    { label: dueAt ? t('due') : t('until'), value: t('moment', times) },
  ]
  return <Facts facts={facts} />
}

async function approvalWords({ approvals, approvalsNeeded: needed }: CaseActionView) {
  const t = await getTranslations('careApprove')
  const counted = t('approvalsOf', { count: approvals.length, needed })
  const names = approvals.map(({ name }) => name).join(', ')
  return names ? `${counted}: ${names}` : counted
}

/** Only an unfreeze depends on what the caller has proved. */
async function proofFacts({ type, provenBy, waitHours }: DescribedChange) {
  if (type !== 'unfreeze') return []
  const t = await getTranslations('careApprove')
  const value = provenBy
    ? t('proofBy', { mask: provenBy })
    : t('noProof', { hours: waitHours ?? 0 })
  return [{ label: t('proof'), value }]
}
