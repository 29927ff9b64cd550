import { getTranslations } from 'next-intl/server'
import { ActionButton } from '@/components/action-button'
import { DeviceRow } from '@/components/device-row'
import type { OwnSession } from '@/lib/accounts'
import { formatCountry, formatDevice, formatMoment } from '../../_text/format'
import { endDevice } from './actions'

type Props = { sessions: readonly OwnSession[]; present: string }

/** The signed-in devices, the present one first. */
export function DeviceList({ sessions, present }: Props) {
  const isPresent = ({ sessionId }: OwnSession) => sessionId === present
  const [own, others] = [
    sessions.filter(isPresent),
    sessions.filter((session) => !isPresent(session)),
  ]
  return (
    <ul>
      {own.map((session) => (
        <Device key={session.sessionId} session={session} isPresent />
      ))}
      {others.map((session) => (
        <Device key={session.sessionId} session={session} />
      ))}
    </ul>
  )
}

async function Device({
  session,
  isPresent = false,
}: {
  session: OwnSession
  isPresent?: boolean
}) {
  const t = await getTranslations('devices')
  const device = (await formatDevice(session.userAgent)) ?? t('unknown')
  const place = await formatCountry(session.ip)
  const details = [
    ...(place ? [t('place', { place })] : []),
    t('seen', { at: await formatMoment(session.lastSeenAt) }),
    t('since', { at: await formatMoment(session.createdAt) }),
  ]
  return (
    <DeviceRow device={device} present={isPresent ? t('present') : undefined} details={details}>
      {!isPresent && (
        <form action={endDevice}>
          <ActionButton look="quiet" name="device" value={session.sessionId}>
            {t('end')}
            <span className="sr-only"> {device}</span>
          </ActionButton>
        </form>
      )}
    </DeviceRow>
  )
}
