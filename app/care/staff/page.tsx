import { Alert } from '@/components/alert'
import { buttonClass } from '@/components/button'
import { Card } from '@/components/card'
import { BackLink } from '@/components/flow-page'
import { PageHeading } from '@/components/page-heading'
import { listStaff } from '@/lib/support'
import { PageTitle } from '../../_text/page-title'
import { getTranslations } from '../../_text/translations'
import { requireStaff } from '../_session/staff'
import { Person } from './person'

/** The messages after an act. */
const DONE = ['confirmed', 'disabled'] as const

type Props = { searchParams: Promise<{ done?: string }> }

export default async function StaffPage({ searchParams }: Props) {
  const staff = await requireStaff(['administrator'])
  const { done } = await searchParams
  const outcome = DONE.find((word) => word === done)
  const people = await listStaff(new Date())
  const t = await getTranslations('careStaff')
  return (
    <div className="mx-auto grid w-full max-w-2xl gap-4">
      <PageTitle screen="careStaff" />
      <BackLink href="/care" label={t('back')} />
      {outcome && (
        <Alert tone="success" role="status">
          {t(`done.${outcome}`)}
        </Alert>
      )}
      <PageHeading heading={t('title')} intro={t('intro')} />
      <a href="/care/staff/invite" className={`${buttonClass()} justify-self-start`}>
        {t('invite')}
      </a>
      <Card>
        <ul className="divide-y divide-line">
          {people.map((person) => (
            <Person key={person.staffId} person={person} reader={staff} />
          ))}
        </ul>
      </Card>
    </div>
  )
}
