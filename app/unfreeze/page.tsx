import { redirect } from 'next/navigation'
import { Alert } from '@/components/alert'
import { FlowPage, TextLink } from '@/components/flow-page'
import { findUnfreeze } from '@/lib/recovery'
import { CallCare } from '../_forms/call-care'
import type { FlowEndParams } from '../_forms/flow-end'
import { FlowEndBanner } from '../_forms/flow-end-banner'
import { challengeSecret } from '../_session/challenge-cookie'
import { PageTitle } from '../_text/page-title'
import { getTranslations } from '../_text/translations'
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
  const t = await getTranslations()
  const isFrozenNow = (await searchParams).now === 'frozen'
  const screen = isFrozenNow ? 'secureFrozen' : 'unfreeze'
  return (
    <FlowPage
      heading={t(`${screen}.title`)}
      after={<TextLink href="/login">{t('unfreeze.login')}</TextLink>}
    >
      <PageTitle screen={screen} />
      <FlowEndBanner searchParams={searchParams} />
      {isFrozenNow && (
        <Alert tone="success" role="status">
          {t('unfreeze.frozenNow')}
        </Alert>
      )}
      <p>{t('unfreeze.none')}</p>
      {isFrozenNow && <CallCare />}
    </FlowPage>
  )
}

async function Stuck({ reference }: { reference: string }) {
  const t = await getTranslations('unfreeze')
  return (
    <FlowPage heading={t('title')} after={<TextLink href="/help">{t('care')}</TextLink>}>
      <PageTitle screen="unfreeze" />
      <Alert tone="warning">
        <p>{t('stuck')}</p>
        <p>{t('stuckCare', { reference })}</p>
      </Alert>
      <CallCare />
    </FlowPage>
  )
}
