import { Button } from '@/components/button'
import { Card } from '@/components/card'
import { BackLink, TextLink } from '@/components/flow-page'
import { PageHeading } from '@/components/page-heading'
import { listStaff, listStaffEvents } from '@/lib/support'
import { PageTitle } from '../../_text/page-title'
import { getTranslations } from '../../_text/translations'
import { requireStaff } from '../_session/staff'
import { type ChosenFilter, readFilter, toLogFilter } from './filter'
import { FilterForm } from './filter-form'
import { LogRow } from './log-row'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** The log of staff for the auditor, the latest row first. */
export default async function LogPage({ searchParams }: Props) {
  await requireStaff(['auditor'])
  const given = await searchParams
  const chosen = readFilter(given)
  const before = /^\d{1,9}$/.test(String(given.before)) ? Number(given.before) : undefined
  const [people, { entries, next }] = await Promise.all([
    listStaff(new Date()),
    listStaffEvents(toLogFilter(chosen), before),
  ])
  const names = new Map(people.map(({ staffId, name }) => [staffId, name]))
  const t = await getTranslations('careLog')
  return (
    <div className="mx-auto grid w-full max-w-3xl gap-4">
      <PageTitle screen="careLog" />
      <BackLink href="/care" label={t('back')} />
      <PageHeading heading={t('title')} intro={t('intro')} />
      <Card>
        <FilterForm chosen={chosen} names={names} />
      </Card>
      <Card>
        {entries.length === 0 ? (
          <p className="text-muted">{t('empty')}</p>
        ) : (
          <ol className="divide-y divide-line">
            {entries.map((entry) => (
              <LogRow key={entry.position} entry={entry} />
            ))}
          </ol>
        )}
      </Card>
      <div className="no-print flex flex-wrap items-center gap-x-6 gap-y-2">
        {next && <TextLink href={pathOf(chosen, next)}>{t('older')}</TextLink>}
        {before && <TextLink href={pathOf(chosen)}>{t('newest')}</TextLink>}
        <form method="post" action="/care/log/export">
          {Object.entries(chosen).map(([name, value]) => (
            <input key={name} type="hidden" name={name} defaultValue={value} />
          ))}
          <Button look="secondary">{t('export')}</Button>
        </form>
      </div>
    </div>
  )
}

function pathOf(chosen: ChosenFilter, before?: number): string {
  const filled = Object.entries(chosen).filter(([, value]) => value !== '')
  const page = before === undefined ? [] : [['before', String(before)]]
  return `/care/log?${new URLSearchParams([...filled, ...page])}`
}
