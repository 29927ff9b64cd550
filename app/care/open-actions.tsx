import { Section } from '@/components/card'
import { type DataRow, DataTable } from '@/components/care/data-table'
import { TextLink } from '@/components/flow-page'
import { listOpenActions, type OpenAction, type StaffMember } from '@/lib/support'
import { formatMoment } from '../_text/format'
import { getTranslations } from '../_text/translations'
import { leftWords } from './_text/words'
import { casePath } from './cases/case-path'

type Props = { staff: StaffMember; now: Date }

/** Every action that waits for an approval or for its time. */
export async function OpenActions({ staff, now }: Props) {
  const t = await getTranslations('careLookUp')
  const actions = await listOpenActions(staff, now)
  const columns = [t('what'), t('case'), t('by'), t('approvals'), t('until'), t('review')]
  return (
    <Section id="open" heading={t('openHeading')}>
      {actions.length === 0 ? (
        <p className="text-muted">{t('openEmpty')}</p>
      ) : (
        <DataTable
          caption={t('openHeading')}
          columns={columns}
          rows={await Promise.all(actions.map((action) => rowOf(action, now)))}
        />
      )}
    </Section>
  )
}

async function rowOf(action: OpenAction, now: Date): Promise<DataRow> {
  const t = await getTranslations()
  const { actionId, type, caseNumber: number, requestedBy: name, isOwn } = action
  const what = t(`careType.${type}`)
  const counts = { count: action.approvals, needed: action.approvalsNeeded }
  return {
    key: actionId,
    cells: [
      what,
      <TextLink key="case" href={casePath(number)}>
        {number}
      </TextLink>,
      isOwn ? t('careLookUp.you', { name }) : name,
      t('careLookUp.approvalsOf', counts),
      await untilWords(action, now),
      <TextLink key="review" href={`/care/actions/${actionId}`}>
        <span aria-hidden>{t('careLookUp.review')}</span>
        <span className="sr-only">{t('careLookUp.reviewOf', { what, number })}</span>
      </TextLink>,
    ],
  }
}

async function untilWords({ expiresAt, dueAt }: OpenAction, now: Date) {
  const t = await getTranslations('careLookUp')
  const until = dueAt ?? expiresAt
  const times = { at: await formatMoment(until), left: await leftWords(until, now) }
  return dueAt ? t('waits', times) : t('asked', times)
}
