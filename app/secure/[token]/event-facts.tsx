import { getFormatter, getTranslations } from 'next-intl/server'
import type { SecureLink } from '@/lib/activity'
import { describeDevice } from '@/lib/messaging'

/** What happened, when, from which device, to which address, and by which reference customer care finds it. */
export async function EventFacts({ event }: { event: SecureLink }) {
  const [t, format] = [await getTranslations(), await getFormatter()]
  const device = describeDevice(event.userAgent)
  const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
  const facts = [
    [t('secure.happened'), capital(t(`message.happened.${event.type}`))],
    [t('secure.at'), `${format.dateTime(event.at, { dateStyle: 'medium', timeStyle: 'short' })} WIB`],
    [t('secure.device'), capital(device ? t('message.device.known', device) : t('message.device.unknown'))],
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
