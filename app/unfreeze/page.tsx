import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Alert } from '@/components/alert'
import { FlowPage, TextLink } from '@/components/flow-page'
import { RadioGroup } from '@/components/radio-group'
import { findThaw, type ThawStep } from '@/lib/recovery'
import type { EndingParams } from '../_forms/flow-end'
import { Ended } from '../_forms/flow-end-banner'
import { challengeSecret } from '../_session/challenge-cookie'
import { documentTitle, formText } from '../_text/screens'
import { SlotForm } from './slot-form'
import { thawSteps } from './steps'

type Props = EndingParams & { searchParams: Promise<{ now?: string }> }

export default async function ThawPage({ searchParams }: Props) {
  const thaw = await findThaw(await challengeSecret('thaw'), new Date())
  if (!thaw) return <Beginning searchParams={searchParams} />
  if (thaw.step === 'review') redirect('/unfreeze/review')
  return thaw.step === 'stuck' ? (
    <Stuck reference={thaw.reference} />
  ) : (
    <Choice {...thaw} searchParams={searchParams} />
  )
}

async function Beginning({ searchParams }: Props) {
  const t = await getTranslations('thaw')
  return (
    <FlowPage
      title={await documentTitle('thaw')}
      heading={t('title')}
      after={<TextLink href="/login">{t('login')}</TextLink>}
    >
      <Ended searchParams={searchParams} />
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
  const t = await getTranslations('thaw')
  return (
    <FlowPage title={await documentTitle('thaw')} heading={t('title')}>
      <Alert tone="warning">
        <p>{t('stuck')}</p>
        <p>{t('stuckCare', { reference })}</p>
        <TextLink href="/help">{t('care')}</TextLink>
      </Alert>
    </FlowPage>
  )
}

async function Choice({
  step,
  choices,
  searchParams,
}: Props & Extract<ThawStep, { choices: unknown }>) {
  const t = await getTranslations()
  const labelled = choices.map((slot) => ({ value: slot, label: t(`slot.${slot}`) }))
  return (
    <FlowPage
      heading={t('thaw.title')}
      intro={t(`thaw.${step}`)}
      steps={await thawSteps(step === 'first' ? 1 : 2)}
      after={<TextLink href="/help">{t('code.help')}</TextLink>}
    >
      <Ended searchParams={searchParams} />
      <SlotForm key={step} text={await formText('thaw', ['choice_missing'])}>
        <RadioGroup name="slot" legend={t('thaw.choice')} choices={labelled} />
      </SlotForm>
    </FlowPage>
  )
}
