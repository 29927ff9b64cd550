import { Section } from '@/components/card'
import { type DataRow, DataTable } from '@/components/care/data-table'
import type { CaseMessage } from '@/lib/support'
import { formatMoment } from '../../../_text/format'
import { getTranslations } from '../../../_text/translations'
import { messageWords } from '../../_text/words'

/** The messages of the last seven days: what they were about, to which mask, and how they fared. */
export async function Messages({ messages }: { messages: readonly CaseMessage[] }) {
  const t = await getTranslations()
  const columns = (['what', 'at', 'to', 'state'] as const).map((column) =>
    t(`careMessages.${column}`),
  )
  return (
    <Section id="messages" heading={t('careCase.messagesHeading')}>
      {messages.length === 0 ? (
        <p className="text-muted">{t('careMessages.none')}</p>
      ) : (
        <DataTable
          caption={t('careCase.messagesHeading')}
          columns={columns}
          rows={await Promise.all(messages.map(rowOf))}
        />
      )}
    </Section>
  )
}

async function rowOf({ at, channel, kind, mask, state, failure }: CaseMessage, nth: number) {
  const t = await getTranslations('careMessages')
  const to = mask === null ? t('nobody') : t('toOf', { channel: t(channel), mask })
  const fared = failure
    ? t('failedBecause', { reason: t(`failure.${failure}`) })
    : t(`delivery.${state}`)
  const cells = [await messageWords(kind), await formatMoment(at), to, fared]
  return { key: String(nth), cells } satisfies DataRow
}
