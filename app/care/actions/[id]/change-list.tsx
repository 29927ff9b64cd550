import { ChangeRow } from '@/components/care/change-row'
import type { DescribedChange } from '@/lib/support'
import { formatMoment } from '../../../_text/format'
import { getTranslations } from '../../../_text/translations'
import { eventWords, pathWords } from '../../_text/words'

type Props = { change: DescribedChange }

/** What exactly an action will change, as masks, times and words. */
export async function ChangeList({ change }: Props) {
  const t = await getTranslations('careApprove')
  if (change.type === 'unfreeze') return <Slots change={change} />
  const lines = await linesOf(change)
  return (
    <ul className="grid gap-2">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
      {lines.length === 0 && <li>{t('unchanged')}</li>}
    </ul>
  )
}

/** The addresses before and after an unfreeze. */
async function Slots({ change: { slots } }: Props) {
  const t = await getTranslations()
  const empty = t('careApprove.empty')
  return (
    <div className="grid gap-4">
      <ul>
        {slots.map(({ slot, before, after }) => (
          <ChangeRow
            key={slot}
            label={t(`slot.${slot}`)}
            before={before ?? empty}
            after={before === after ? undefined : (after ?? empty)}
            becomes={t('careApprove.becomes')}
            unchanged={t('careApprove.unchanged')}
          />
        ))}
      </ul>
      <p>{t('careApprove.password')}</p>
    </div>
  )
}

async function linesOf({ attempts, address, number, notice }: DescribedChange): Promise<string[]> {
  const t = await getTranslations('careApprove')
  const restored = attempts.map(async ({ path, used }) =>
    t('attempts', { path: await pathWords(path), used }),
  )
  return [
    ...(await Promise.all(restored)),
    ...(address ? [t('address', { mask: address })] : []),
    ...(number ? [t('number', { mask: number })] : []),
    ...(notice ? await noticeLines(notice) : []),
  ]
}

async function noticeLines({
  reference,
  event,
  at,
  to,
}: NonNullable<DescribedChange['notice']>): Promise<string[]> {
  const t = await getTranslations('careApprove')
  const happened = await eventWords(event)
  return [
    t('noticeOf', { happened, at: await formatMoment(at), reference }),
    t('noticeTo', { masks: to.join(', ') }),
  ]
}
