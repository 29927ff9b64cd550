import { ActionButton } from '@/components/action-button'
import { DeviceRow } from '@/components/device-row'
import type { OwnSession } from '@/lib/accounts'
import { describeDevice } from '@/lib/platform/user-agent'
import { formatCountry, formatDevice, formatMoment } from '../../_text/format'
import { getTranslations } from '../../_text/translations'
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
  return (
    <DeviceRow
      kind={describeDevice(session.userAgent)?.kind}
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

/** The kind of device and the place, when it was last used, and when it was logged in. */
async function detailsOf({ userAgent, ip, lastSeenAt, createdAt }: OwnSession, isPresent: boolean) {
  const t = await getTranslations('devices')
  const kind = describeDevice(userAgent)?.kind
  const what = [kind && t(`kind.${kind}`), await formatCountry(ip)].filter(Boolean).join(' · ')
  return [
    ...(what ? [what] : []),
    isPresent ? t('seenNow') : t('seen', { at: await formatMoment(lastSeenAt) }),
    t('since', { at: await formatMoment(createdAt) }),
  ]
}
