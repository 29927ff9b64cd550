import { Alert } from '@/components/alert'
import { CallerWord } from '@/components/caller-word'
import { FlowPage, TextLink } from '@/components/flow-page'
import { requireSession } from '../../_session/session'
import { PageTitle } from '../../_text/page-title'
import { getTranslations } from '../../_text/translations'
import { makeWord } from './actions'

export default async function CareCallPage() {
  await requireSession('/profile/care')
  const t = await getTranslations('careCall')
  const back = { href: '/profile', label: t('toProfile') }
  return (
    <FlowPage heading={t('title')} intro={t('intro')} back={back}>
      <PageTitle screen="careCall" />
      <Alert tone="warning" title={t('warningTitle')}>
        <p>{t('warning')}</p>
        <TextLink href="/help">{t('help')}</TextLink>
      </Alert>
      <CallerWord action={makeWord} show={t('show')} again={t('again')} label={t('word')} />
    </FlowPage>
  )
}
