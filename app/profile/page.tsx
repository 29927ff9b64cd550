import { getTranslations } from 'next-intl/server'
import { Alert } from '@/components/alert'
import { Section } from '@/components/card'
import { TextLink } from '@/components/flow-page'
import { PageHeading } from '@/components/page-heading'
import { readProfile } from '@/lib/accounts'
import { findRequestedMask, readHealth } from '@/lib/contacts'
import { readTogether } from '@/lib/platform/sql'
import type { FlowEndParams } from '../_forms/flow-end'
import { FlowEndBanner } from '../_forms/flow-end-banner'
import { requireSession } from '../_session/session'
import { PageTitle } from '../_text/page-title'
import { PrimaryList, RecoveryList } from './address-list'
import { ChangeBanner } from './change-banner'
import { ErasureBanner } from './erase/banner'
import { HealthSection } from './health'
import { RestrictionBanner } from './restriction/banner'
import { DataSection, PointsSection, RecoveryBox, SecuritySection } from './sections'

type Props = FlowEndParams & { searchParams: Promise<{ changed?: string }> }

export default async function ProfilePage({ searchParams }: Props) {
  const { userId } = await requireSession('/profile')
  const now = new Date()
  const { changed } = await searchParams
  const [profile, requestedMask] = await readTogether((sql) =>
    Promise.all([readProfile(userId, sql), findRequestedMask(userId, now, sql)]),
  )
  const t = await getTranslations('profile')
  return (
    <div className="mx-auto grid w-full max-w-2xl gap-6">
      <PageTitle screen="profile" />
      <ChangeBanner changed={changed} />
      <FlowEndBanner searchParams={searchParams} />
      <ErasureBanner eraseAt={profile.eraseAt} />
      <RestrictionBanner
        until={profile.restrictedUntil}
        now={now}
        isLifted={changed === 'lifted'}
      />
      <PageHeading heading={t('title')} intro={t('greeting', { name: profile.name })} />
      {requestedMask && (
        <Alert>
          <p>{t('resume', { address: requestedMask })}</p>
          <TextLink href="/profile/recovery/authorise">{t('resumeLink')}</TextLink>
        </Alert>
      )}
      <HealthSection health={readHealth(profile, now)} />
      <Section id="primary" heading={t('primaryHeading')}>
        <PrimaryList addresses={profile.primaries} />
      </Section>
      <Section id="recovery" heading={t('recoveryHeading')}>
        <RecoveryList addresses={profile.recoveries} />
      </Section>
      <PointsSection points={profile.points} />
      <SecuritySection />
      <DataSection eraseAt={profile.eraseAt} />
      <RecoveryBox addresses={profile.recoveries} />
    </div>
  )
}
