import { BlueBox } from '@/components/blue-box'
import { Section } from '@/components/card'
import {
  Coins,
  Download,
  History,
  KeyRound,
  MonitorSmartphone,
  RadioTower,
  Snowflake,
  UserX,
} from '@/components/icons'
import { LinkRow } from '@/components/link-row'
import type { ProfileAddress } from '@/lib/accounts'
import { isProof } from '@/lib/addresses'
import { env } from '@/lib/platform/env'
import { formatMoment } from '../_text/format'
import { getTranslations } from '../_text/translations'

/** The balance, as a link to its entries. */
export async function PointsLink({ points }: { points: number }) {
  const t = await getTranslations()
  return (
    <a
      href="/profile/points"
      className="inline-flex min-h-11 items-center gap-2 font-medium text-accent"
    >
      <Coins aria-hidden className="size-5" />
      <span className="tabular-nums underline underline-offset-4">
        {t('common.points', { points })}
      </span>
      <span className="sr-only">{t('profile.pointsLink')}</span>
    </a>
  )
}

/**
 * Links to the password, the devices, the activity, the freeze, the data of the account, and the page
 * about questions to mobile operators, if any are asked. While the erasure is pending, its link says
 * when and that it can be cancelled.
 */
export async function AccountSection({ eraseAt }: { eraseAt: Date | null }) {
  const t = await getTranslations('profile')
  const pending = eraseAt && t('erasePending', { at: await formatMoment(eraseAt) })
  return (
    <Section id="security" heading={t('securityHeading')}>
      <ul>
        <LinkRow href="/profile/password" icon={KeyRound} label={t('passwordLink')} />
        <LinkRow href="/profile/devices" icon={MonitorSmartphone} label={t('devicesLink')} />
        <LinkRow href="/profile/activity" icon={History} label={t('activityLink')} />
        <LinkRow href="/profile/freeze" icon={Snowflake} label={t('freezeLink')} />
        <LinkRow href="/profile/export" icon={Download} label={t('exportLink')} />
        {env().NUMBER_SIGNALS !== 'none' && (
          <LinkRow href="/profile/operator" icon={RadioTower} label={t('operatorLink')} />
        )}
        <LinkRow
          href="/profile/erase"
          icon={UserX}
          label={t(pending ? 'erasePendingLink' : 'eraseLink')}
          detail={pending ?? undefined}
        />
      </ul>
    </Section>
  )
}

/** The blue box with a link to add a recovery address, until both kinds are confirmed. */
export async function RecoveryBox({ addresses }: { addresses: readonly ProfileAddress[] }) {
  const confirmed = addresses.filter(isProof).length
  if (confirmed >= 2) return null
  const t = await getTranslations()
  const points = t('common.points', { points: env().RECOVERY_REWARD_POINTS })
  return (
    <BlueBox
      href="/profile/recovery"
      title={t('profile.blueBoxTitle')}
      text={confirmed === 0 ? t('profile.blueBoxText', { points }) : t('profile.blueBoxTextMore')}
    />
  )
}
