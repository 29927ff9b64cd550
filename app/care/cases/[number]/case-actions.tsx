import { Section } from '@/components/card'
import { type DataRow, DataTable } from '@/components/care/data-table'
import { TextLink } from '@/components/flow-page'
import type { CaseActionView } from '@/lib/support'
import { formatMoment } from '../../../_text/format'
import { getTranslations } from '../../../_text/translations'
import { leftWords, outcomeWords } from '../../_text/words'

type Props = { actions: readonly CaseActionView[]; now: Date }

/** The open and past actions of the account, with who decided. */
export async function CaseActions({ actions, now }: Props) {
  const t = await getTranslations('careActions')
  const columns = [t('what'), t('state'), t('by'), t('approvals'), t('reason'), t('review')]
  return (
    <Section id="requested" heading={t('heading')}>
      {actions.length === 0 ? (
        <p className="text-muted">{t('empty')}</p>
      ) : (
        <DataTable
          caption={t('heading')}
          columns={columns}
          rows={await Promise.all(actions.map((action) => rowOf(action, now)))}
        />
      )}
    </Section>
  )
}

async function rowOf(action: CaseActionView, now: Date): Promise<DataRow> {
  const t = await getTranslations()
  const { actionId, type, requestedBy, requestedAt, provenBy, reason, ticket } = action
  const what = t(`careType.${type}`)
  const at = await formatMoment(requestedAt)
  const proven = provenBy ? t('careActions.provenBy', { mask: provenBy }) : ''
  return {
    key: actionId,
    cells: [
      what,
      await stateWords(action, now),
      t('careActions.askedAt', { name: requestedBy.name, at }),
      [await approvalWords(action), proven].filter(Boolean).join('. '),
      t('careActions.reasonOf', { reason, ticket }),
      action.state !== 'ended' && <Review actionId={actionId} what={what} />,
    ],
  }
}

async function Review({ actionId, what }: { actionId: string; what: string }) {
  const t = await getTranslations('careActions')
  return (
    <TextLink href={`/care/actions/${actionId}`}>
      {t('review')}
      <span className="sr-only"> {what}</span>
    </TextLink>
  )
}

async function stateWords(
  { state, expiresAt, dueAt, endedAt, outcome }: CaseActionView,
  now: Date,
) {
  const t = await getTranslations('careActions')
  if (state === 'ended') {
    const words = await outcomeWords(outcome ?? '')
    return t('ended', { outcome: words, at: await formatMoment(endedAt ?? expiresAt) })
  }
  const until = dueAt ?? expiresAt
  return t(state, { at: await formatMoment(until), left: await leftWords(until, now) })
}

async function approvalWords({ approvals, approvalsNeeded }: CaseActionView) {
  const t = await getTranslations('careActions')
  if (approvalsNeeded === 0) return t('notNeeded')
  return approvals.map(({ name }) => name).join(', ') || t('notApproved')
}
