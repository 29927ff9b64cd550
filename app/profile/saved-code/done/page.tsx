import { redirect } from 'next/navigation'
import { FlowPage } from '@/components/flow-page'
import { MadeSavedCode } from '../../../_forms/made-saved-code'
import { madeCode } from '../../../_session/made-code'
import { requireSession } from '../../../_session/session'
import { PageTitle } from '../../../_text/page-title'
import { getTranslations } from '../../../_text/translations'

export default async function SavedCodeDonePage() {
  await requireSession('/profile/saved-code')
  if ((await madeCode()) === '') redirect('/profile/saved-code')
  const t = await getTranslations('savedCodeDone')
  return (
    <FlowPage
      heading={t('title')}
      intro={t('intro')}
      back={{ href: '/profile', label: t('toProfile') }}
    >
      <PageTitle screen="savedCodeDone" />
      <MadeSavedCode />
    </FlowPage>
  )
}
