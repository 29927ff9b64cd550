import { getTranslations } from 'next-intl/server'
import { ActionButton } from '@/components/action-button'
import { DeviceRow } from '@/components/device-row'
import type { OwnSession } from '@/lib/accounts'
import { describeDevice } from '@/lib/platform/user-agent'
import { formatCountry, formatDevice, formatMoment } from '../../_text/format'
import { endDevice } from './actions'
import { numberEqual } from './number-equal'

type Props = { sessions: readonly OwnSession[]; present: string }

/** The signed-in devices, the present one first. */
export async function DeviceList({ sessions, present }: Props) {
  const t = await getTranslations('devices')
  const byLogin = sessions.toSorted((one, other) => +one.createdAt - +other.createdAt)
  const named = await Promise.all(
    byLogin.map(async ({ userAgent }) => (await formatDevice(userAgent)) ?? t('unknown')),
  )
  const numbered = numberEqual(named)
  const nameOf = new Map(byLogin.map((session, nth) => [session, numbered[nth] ?? '']))
  const own = sessions.filter(({ sessionId }) => sessionId === present)
  const others = sessions.filter(({ sessionId }) => sessionId !== present)
  return (
    <ul>
      {[...own, ...others].map((session) => (
        <Device
          key={session.sessionId}
          session={session}
          name={nameOf.get(session) ?? ''}
          isPresent={session.sessionId === present}
        />
      ))}
    </ul>
  )
}

type DeviceProps = { session: OwnSession; name: string; isPresent: boolean }

async function Device({ session, name, isPresent }: DeviceProps) {
  const t = await getTranslations('devices')
  const kind = describeDevice(session.userAgent)?.kind
  return (
    <DeviceRow
      kind={kind}
      kindName={kind && t(`kind.${kind}`)}
      name={name}
      present={isPresent ? t('present') : undefined}
      details={await detailsOf(session, isPresent)}
    >
      {!isPresent && (
        <form action={endDevice}>
          <ActionButton look="quiet" name="device" value={session.sessionId}>
            {t('end')}
            <span className="sr-only"> {name}</span>
          </ActionButton>
        </form>
      )}
    </DeviceRow>
  )
}

/** When and from where it was last used, and when it was logged in. */
async function detailsOf({ ip, lastSeenAt, createdAt }: OwnSession, isPresent: boolean) {
  const t = await getTranslations('devices')
  const place = await formatCountry(ip)
  const seen = isPresent ? t('seenNow') : t('seen', { at: await formatMoment(lastSeenAt) })
  return [place ? `${seen} · ${place}` : seen, t('since', { at: await formatMoment(createdAt) })]
}
