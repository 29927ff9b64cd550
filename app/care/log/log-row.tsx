import type { StaffLogEntry } from '@/lib/support'
import { formatMoment } from '../../_text/format'
import { getTranslations } from '../../_text/translations'
import { detailWords } from './detail-words'

/**
 * A row of the log: what happened, who did it and when, the case, and what was written about it.
 */
export async function LogRow({ entry }: { entry: StaffLogEntry }) {
  const t = await getTranslations('careLog')
  const { position, type, at, staffId, name, caseNumber, userId } = entry
  const facts = [
    ...(caseNumber ? [t('case', { number: caseNumber })] : []),
    ...(userId ? [t('account', { id: userId })] : []),
    ...(await detailWords(entry)),
  ]
  return (
    <li className="grid gap-1 py-4 wrap-anywhere first:pt-0 last:pb-0">
      <p className="flex flex-wrap justify-between gap-x-4">
        <span className="font-semibold">{t(`type.${type}`)}</span>
        <span className="text-sm text-muted tabular-nums">{t('row', { position })}</span>
      </p>
      <p className="text-sm text-muted">
        {name ?? staffId ?? t('nobody')} · {await formatMoment(at)}
      </p>
      {facts.map((fact) => (
        <p key={fact} className="text-sm">
          {fact}
        </p>
      ))}
    </li>
  )
}
