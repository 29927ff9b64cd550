import { Section } from '@/components/card'
import { BackLink } from '@/components/flow-page'
import { PageHeading } from '@/components/page-heading'
import { describeChange, findCaseOf, readCase } from '@/lib/support'
import { PageTitle } from '../../../_text/page-title'
import { getTranslations } from '../../../_text/translations'
import { requireStaff } from '../../_session/staff'
import { casePath } from '../../cases/case-path'
import { HANDLERS } from '../../handlers'
import { ActionGone } from './action-gone'
import { ChangeList } from './change-list'
import { Decision } from './decision'
import { RequestFacts } from './request-facts'

type Props = { params: Promise<{ id: string }> }

/** What an action would change, who asked for it and why, and the buttons that decide on it. */
export default async function ActionPage({ params }: Props) {
  const staff = await requireStaff(HANDLERS)
  const { id } = await params
  const now = new Date()
  const described = await describeChange(staff, id, now)
  if (!described.ok)
    return <ActionGone refusal={described.refusal} caseNumber={await findCaseOf(staff, id)} />
  const change = described.value
  const found = await readCase(staff, change.caseNumber, now)
  const action = found.ok && found.value.actions.find(({ actionId }) => actionId === id)
  if (!action) return <ActionGone refusal="action_ended" caseNumber={change.caseNumber} />
  const t = await getTranslations()
  const { caseNumber: number, type } = change
  const what = t(`careType.${type}`)
  return (
    <div className="mx-auto grid w-full max-w-3xl gap-6">
      <PageTitle screen="careApprove" />
      <BackLink href={casePath(number)} label={t('careApprove.toCase', { number })} />
      <PageHeading heading={t('careApprove.heading', { what, number })} />
      <Section id="changes" heading={t('careApprove.changesHeading')}>
        <ChangeList change={change} />
      </Section>
      <Section id="request" heading={t('careApprove.requestHeading')}>
        <RequestFacts action={action} change={change} now={now} />
      </Section>
      <Decision staff={staff} action={action} change={change} />
    </div>
  )
}
