import type { SecureLink } from '@/lib/activity'
import { formatCountry, formatDevice, formatMoment } from '../../_text/format'
import { happenedSentence } from '../../_text/happened'
import { getTranslations } from '../../_text/translations'

/** What happened, then when and from which device, in two lines. */
export async function Happened({ event }: { event: SecureLink }) {
  const t = await getTranslations('devices')
  const device = (await formatDevice(event.userAgent)) ?? t('unknown')
  return (
    <div className="grid gap-1">
      <p className="font-semibold">{await happenedSentence(event)}</p>
      <p className="text-sm text-muted">{`${await formatMoment(event.at)} · ${device}`}</p>
    </div>
  )
}

/**
 * What happened, when, from which device and where, to which address, and by which reference
 * customer care finds it.
 */
export async function EventFacts({ event }: { event: SecureLink }) {
  const t = await getTranslations()
  const [device, place] = [await formatDevice(event.userAgent), await formatCountry(event.ip)]
  const facts = [
    [t('secure.happened'), await happenedSentence(event)],
    [t('secure.at'), await formatMoment(event.at)],
    [t('secure.device'), device ?? t('devices.unknown')],
    ...(place ? [[t('message.email.notice.country'), place]] : []),
    ...(event.about ? [[t('secure.address'), event.about]] : []),
    [t('secure.reference'), event.reference],
  ]
  return (
    <dl className="grid gap-3">
      {facts.map(([label, value]) => (
        <div key={label} className="grid">
          <dt className="text-sm text-muted">{label}</dt>
          <dd className="font-semibold break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
