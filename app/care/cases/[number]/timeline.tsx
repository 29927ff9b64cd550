import { Section } from '@/components/card'
import { type DataRow, DataTable } from '@/components/care/data-table'
import type { CaseEvent } from '@/lib/support'
import { formatMoment, nameCountry } from '../../../_text/format'
import { noticeWords } from '../../../_text/notice-words'
import { getTranslations } from '../../../_text/translations'
import { eventWords } from '../../_text/words'

/** What happened to the account, the latest first, with references. */
export async function Timeline({ events }: { events: readonly CaseEvent[] }) {
  const t = await getTranslations()
  const columns = (['event', 'at', 'reference', 'device', 'notices'] as const).map((column) =>
    t(`careTimeline.${column}`),
  )
  return (
    <Section id="timeline" heading={t('careCase.timelineHeading')}>
      {events.length === 0 ? (
        <p className="text-muted">{t('careTimeline.empty')}</p>
      ) : (
        <DataTable
          caption={t('careCase.timelineHeading')}
          columns={columns}
          rows={await Promise.all(events.map(rowOf))}
        />
      )}
    </Section>
  )
}

async function rowOf(event: CaseEvent): Promise<DataRow> {
  const t = await getTranslations('careTimeline')
  const { at, reference, notices } = event
  return {
    key: reference,
    cells: [
      await happenedWords(event),
      await formatMoment(at),
      reference,
      await originWords(event),
      (await noticeWords(notices)) || t('none'),
    ],
  }
}

async function happenedWords({ type, what, about, previous }: CaseEvent) {
  const t = await getTranslations('careTimeline')
  const happened = await eventWords(type, what)
  if (!about) return happened
  return previous ? t('aboutBoth', { happened, previous, about }) : t('about', { happened, about })
}

/** The device and the country; customer care acts from no device. */
async function originWords({ device, country }: CaseEvent) {
  const t = await getTranslations()
  const place = country && (await nameCountry(country))
  const known = device && t('message.device.known', device)
  return [known, place].filter(Boolean).join(' · ') || t('careTimeline.none')
}
