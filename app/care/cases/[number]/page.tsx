import type { ReactNode } from 'react'
import { Alert } from '@/components/alert'
import { BackLink } from '@/components/flow-page'
import { readCase } from '@/lib/support'
import { PageTitle } from '../../../_text/page-title'
import { getTranslations } from '../../../_text/translations'
import { requireStaff } from '../../_session/staff'
import { HANDLERS } from '../../handlers'
import { CASE_DONE } from '../case-path'
import { CaseActions } from './case-actions'
import { CaseGone } from './case-gone'
import { CaseHeader } from './case-header'
import { CloseCase } from './close-case'
import { Messages } from './messages'
import { Proof } from './proof'
import { Replies } from './replies'
import { Requests } from './requests'
import { StuckBox } from './stuck-box'
import { Timeline } from './timeline'
import { Ways } from './ways'

type Props = {
  params: Promise<{ number: string }>
  searchParams: Promise<{ done?: string | string[] }>
}

/** The case of a customer: why the customer is stuck, and what can be done. */
export default async function CasePage({ params, searchParams }: Props) {
  const staff = await requireStaff(HANDLERS)
  const { number } = await params
  const now = new Date()
  const found = await readCase(staff, number, now)
  if (!found.ok) return <CaseGone refusal={found.refusal} />
  const view = found.value
  const t = await getTranslations('careCase')
  return (
    <div className="grid gap-6">
      <PageTitle screen="careCase" />
      <BackLink href="/care" label={t('back')} />
      <Done word={(await searchParams).done} />
      <CaseHeader view={view} />
      <StuckBox stuck={view.stuck} />
      <Columns>
        <Ways view={view} />
        <div className="grid gap-6">
          <Proof view={view} now={now} />
          <Requests view={view} now={now} />
        </div>
      </Columns>
      <CaseActions actions={view.actions} now={now} />
      <Timeline events={view.events} />
      <Messages messages={view.messages} />
      <Columns>
        <Replies reasons={view.stuck.reasons} />
        <CloseCase number={view.number} />
      </Columns>
    </div>
  )
}

const Columns = ({ children }: { children: ReactNode }) => (
  <div className="grid items-start gap-6 lg:grid-cols-2">{children}</div>
)

/** What somebody has just done, from the parameter of the URL. */
async function Done({ word }: { word: string | string[] | undefined }) {
  const t = await getTranslations('careDone')
  const done = CASE_DONE.find((one) => one === word)
  return (
    done && (
      <Alert tone="success" role="status">
        {t(done)}
      </Alert>
    )
  )
}
