import { getTranslations } from 'next-intl/server'
import { Alert } from '@/components/alert'
import { Section } from '@/components/card'
import { TextLink } from '@/components/flow-page'
import { PageHeading } from '@/components/page-heading'
import { readProfile } from '@/lib/accounts'
import { findRequested, readHealth } from '@/lib/contacts'
import type { FlowEndParams } from '../_forms/flow-end'
import { FlowEndBanner } from '../_forms/flow-end-banner'
import { requireSession } from '../_session/session'
import { PageTitle } from '../_text/page-title'
import { PrimaryList, RecoveryList } from './address-list'
import { ChangeBanner } from './change-banner'
import { HealthSection } from './health'
import { RestrictionBanner } from './restriction/banner'
import { PointsSection, RecoveryBox, SecuritySection } from './sections'

type Props = FlowEndParams & { searchParams: Promise<{ changed?: string }> }

export default async function ProfilePage({ searchParams }: Props) {
  const { userId } = await requireSession('/profile')
  const now = new Date()
  const [{ changed }, profile, requested] = [
    await searchParams,
    await readProfile(userId),
    await findRequested(userId, now),
  ]
  const t = await getTranslations('profile')
  return (
    <div className="mx-auto grid w-full max-w-2xl gap-6">
      <PageTitle screen="profile" />
      <ChangeBanner changed={changed} />
      <FlowEndBanner searchParams={searchParams} />
      <RestrictionBanner userId={userId} isLifted={changed === 'lifted'} />
      <PageHeading heading={t('title')} intro={t('greeting', { name: profile.name })} />
      {requested && (
        <Alert>
          <p>{t('resume', { address: requested.mask })}</p>
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
      <RecoveryBox addresses={profile.recoveries} />
    </div>
  )
}
