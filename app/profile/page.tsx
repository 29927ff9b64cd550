import { getTranslations } from 'next-intl/server'
import { Alert } from '@/components/alert'
import { BlueBox } from '@/components/blue-box'
import { Section } from '@/components/card'
import { TextLink } from '@/components/flow-page'
import { History, KeyRound, MonitorSmartphone, Snowflake } from '@/components/icons'
import { LinkRow } from '@/components/link-row'
import { PageHeading } from '@/components/page-heading'
import { PointsTotal } from '@/components/points'
import { readProfile } from '@/lib/accounts'
import { findRequested, readHealth } from '@/lib/contacts'
import { env } from '@/lib/platform/env'
import type { FlowEndParams } from '../_forms/flow-end'
import { FlowEndBanner } from '../_forms/flow-end-banner'
import { requireSession } from '../_session/session'
import { PageTitle } from '../_text/page-title'
import { PrimaryList, RecoveryList } from './address-list'
import { HealthSection } from './health'
import { RestrictionBanner } from './restriction/banner'

/** What a flow that ended here has changed, said once at the top. */
const CHANGES = {
  password: 'changedPassword',
  removed: 'changedRemoved',
  phone: 'changedPhone',
  email: 'changedEmail',
  verified: 'changedVerified',
  recovery: 'changedRecovery',
  reachable: 'changedReachable',
  rewarded: 'changedRewarded',
} as const

const isChange = (word: string | undefined): word is keyof typeof CHANGES =>
  word !== undefined && Object.hasOwn(CHANGES, word)

type Props = FlowEndParams & { searchParams: Promise<{ changed?: string }> }

export default async function ProfilePage({ searchParams }: Props) {
  const { userId } = await requireSession('/profile')
  const now = new Date()
  const [{ changed }, profile, requested] = [
    await searchParams,
    await readProfile(userId),
    await findRequested(userId, now),
  ]
  const t = await getTranslations()
  const change = isChange(changed) ? CHANGES[changed] : undefined
  const confirmed = profile.recoveries.filter(({ confirmedAt }) => confirmedAt !== null).length
  const reward = t('common.points', { points: env().RECOVERY_REWARD_POINTS })
  const boxText =
    confirmed === 0 ? t('profile.blueBoxText', { points: reward }) : t('profile.blueBoxTextMore')
  return (
    <div className="mx-auto grid w-full max-w-2xl gap-6">
      <PageTitle screen="profile" />
      {change && (
        <Alert tone="success" role="status">
          {t(`profile.${change}`, {
            points: t('common.points', { points: env().RECOVERY_CHECK_POINTS }),
          })}
        </Alert>
      )}
      <FlowEndBanner searchParams={searchParams} />
      <RestrictionBanner userId={userId} isLifted={changed === 'lifted'} />
      <PageHeading
        heading={t('profile.title')}
        intro={t('profile.greeting', { name: profile.name })}
      />
      {requested && (
        <Alert>
          <p>{t('profile.resume', { address: requested.mask })}</p>
          <TextLink href="/profile/recovery/authorise">{t('profile.resumeLink')}</TextLink>
        </Alert>
      )}
      <HealthSection health={readHealth(profile, now)} />
      <Section id="primary" heading={t('profile.primaryHeading')}>
        <PrimaryList addresses={profile.primaries} />
      </Section>
      <Section id="recovery" heading={t('profile.recoveryHeading')}>
        <RecoveryList addresses={profile.recoveries} />
      </Section>
      <Section id="points" heading={t('profile.pointsHeading')}>
        <PointsTotal
          label={t('profile.pointsLabel')}
          amount={t('common.points', { points: profile.points })}
        />
        <TextLink href="/profile/points">{t('profile.pointsLink')}</TextLink>
      </Section>
      <Section id="security" heading={t('profile.securityHeading')}>
        <ul>
          <LinkRow href="/profile/password" icon={KeyRound} label={t('profile.passwordLink')} />
          <LinkRow
            href="/profile/devices"
            icon={MonitorSmartphone}
            label={t('profile.devicesLink')}
          />
          <LinkRow href="/profile/activity" icon={History} label={t('profile.activityLink')} />
          <LinkRow href="/profile/freeze" icon={Snowflake} label={t('profile.freezeLink')} />
        </ul>
      </Section>
      {confirmed < 2 && (
        <BlueBox href="/profile/recovery" title={t('profile.blueBoxTitle')} text={boxText} />
      )}
    </div>
  )
}
