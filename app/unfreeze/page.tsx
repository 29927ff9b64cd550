import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Alert } from '@/components/alert'
import { FlowPage, TextLink } from '@/components/flow-page'

import { findUnfreeze } from '@/lib/recovery'
import type { FlowEndParams } from '../_forms/flow-end'
import { FlowEndBanner } from '../_forms/flow-end-banner'
import { challengeSecret } from '../_session/challenge-cookie'
import { PageTitle } from '../_text/page-title'
import { Choice } from './choice'

type Props = FlowEndParams & { searchParams: Promise<{ now?: string }> }

export default async function UnfreezePage({ searchParams }: Props) {
  const unfreeze = await findUnfreeze(await challengeSecret('unfreeze'), new Date())
  if (!unfreeze) return <Beginning searchParams={searchParams} />
  if (unfreeze.step === 'review') redirect('/unfreeze/review')
  return unfreeze.step === 'stuck' ? (
    <Stuck reference={unfreeze.reference} />
  ) : (
    <Choice {...unfreeze} searchParams={searchParams} />
  )
}

async function Beginning({ searchParams }: Props) {
  const t = await getTranslations('unfreeze')
  return (
    <FlowPage heading={t('title')} after={<TextLink href="/login">{t('login')}</TextLink>}>
      <PageTitle screen="unfreeze" />
      <FlowEndBanner searchParams={searchParams} />
      {(await searchParams).now === 'frozen' && (
        <Alert tone="success" role="status">
          {t('frozenNow')}
        </Alert>
      )}
      <p>{t('none')}</p>
    </FlowPage>
  )
}

async function Stuck({ reference }: { reference: string }) {
  const t = await getTranslations('unfreeze')
  return (
    <FlowPage heading={t('title')}>
      <PageTitle screen="unfreeze" />
      <Alert tone="warning">
        <p>{t('stuck')}</p>
        <p>{t('stuckCare', { reference })}</p>
        <TextLink href="/help">{t('care')}</TextLink>
      </Alert>
    </FlowPage>
  )
}
