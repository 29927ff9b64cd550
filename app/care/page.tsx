import { Alert } from '@/components/alert'
import { Card } from '@/components/card'
import { TextLink } from '@/components/flow-page'
import { PageHeading } from '@/components/page-heading'
import type { StaffMember } from '@/lib/support'
import { PageTitle } from '../_text/page-title'
import { getTranslations } from '../_text/translations'
import { requireStaff } from './_session/staff'
import { HANDLERS } from './handlers'
import { careLinks } from './links'
import { LookUp } from './look-up'
import { OpenActions } from './open-actions'
import { EVERY_ROLE } from './roles'

type Props = { searchParams: Promise<{ done?: string | string[] }> }

/**
 * The first page of the console: the search and the open actions, or the pages that the role
 * permits.
 */
export default async function CarePage({ searchParams }: Props) {
  const staff = await requireStaff(EVERY_ROLE)
  const isHandler = HANDLERS.some((role) => role === staff.role)
  const t = await getTranslations('careHome')
  return (
    <div className="mx-auto grid w-full max-w-4xl gap-6">
      {(await searchParams).done === 'closed' && <Closed />}
      <PageHeading heading={t('greeting', { name: staff.name })} intro={t(`may.${staff.role}`)} />
      {isHandler ? <Desk staff={staff} /> : <Pages staff={staff} />}
    </div>
  )
}

async function Closed() {
  const t = await getTranslations('careLookUp')
  return (
    <Alert tone="success" role="status">
      {t('closed')}
    </Alert>
  )
}

function Desk({ staff }: { staff: StaffMember }) {
  const now = new Date()
  return (
    <>
      <LookUp staff={staff} now={now} />
      <OpenActions staff={staff} now={now} />
    </>
  )
}

async function Pages({ staff }: { staff: StaffMember }) {
  const links = await careLinks(staff)
  return (
    <Card>
      <PageTitle screen="careHome" />
      <ul>
        {links.map(({ href, label }) => (
          <li key={href}>
            <TextLink href={href}>{label}</TextLink>
          </li>
        ))}
      </ul>
    </Card>
  )
}
