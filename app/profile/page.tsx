import { Alert } from '@/components/alert'
import { TextLink } from '@/components/flow-page'
import { Identity } from '@/components/identity'
import { PageHeading } from '@/components/page-heading'
import { readProfile } from '@/lib/accounts'
import { findRequestedMask, readHealth } from '@/lib/contacts'
import { readTogether } from '@/lib/platform/sql'
import { findRestriction, readSavedCodeState } from '@/lib/recovery'
import type { FlowEndParams } from '../_forms/flow-end'
import { FlowEndBanner } from '../_forms/flow-end-banner'
import { requireSession } from '../_session/session'
import { PageTitle } from '../_text/page-title'
import { getTranslations } from '../_text/translations'
import { ErasureBanner } from './erase/banner'
import { HeldPasswordBanner } from './held/banner'
import { RestrictionBanner } from './restriction/banner'
import { AccountSection, PointsLink, RecoveryBox } from './sections'
import { WaysSection } from './ways'

export default async function ProfilePage({ searchParams }: FlowEndParams) {
  const { userId } = await requireSession('/profile')
  const now = new Date()
  const [profile, requestedMask, saved] = await readTogether((sql) =>
    Promise.all([
      readProfile(userId, sql),
      findRequestedMask(userId, now, sql),
      readSavedCodeState(userId, sql),
    ]),
  )
  const isRestricted = profile.restrictedUntil !== null && profile.restrictedUntil > now
  const restriction = isRestricted ? await findRestriction(userId, now) : null
  const t = await getTranslations('profile')
  return (
    <div className="mx-auto grid w-full max-w-2xl gap-6">
      <PageTitle screen="profile" />
      <FlowEndBanner searchParams={searchParams} />
      <HeldPasswordBanner dueAt={profile.heldUntil} />
      <ErasureBanner eraseAt={profile.eraseAt} />
      {restriction && <RestrictionBanner {...restriction} />}
      <PageHeading heading={t('title')} />
      <Identity name={profile.name} greeting={t('greeting', { name: profile.name })}>
        <PointsLink points={profile.points} />
      </Identity>
      {requestedMask && !restriction && (
        <Alert>
          <p>{t('resume', { address: requestedMask })}</p>
          <TextLink href="/profile/recovery/authorise">{t('resumeLink')}</TextLink>
        </Alert>
      )}
      <WaysSection
        health={readHealth(profile, now)}
        saved={saved}
        isLocked={restriction !== null}
        isLeaving={profile.eraseAt !== null}
      />
      <AccountSection eraseAt={profile.eraseAt} />
      {!restriction && <RecoveryBox addresses={profile.recoveries} />}
    </div>
  )
}
