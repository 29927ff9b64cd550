import { redirect } from 'next/navigation'
import { Alert } from '@/components/alert'
import { buttonClass } from '@/components/button'
import { FlowPage } from '@/components/flow-page'
import { PageTitle } from '../../../_text/page-title'
import { getTranslations } from '../../../_text/translations'
import { findExporter } from '../exporter'

export default async function ExportDonePage() {
  if (!(await findExporter(new Date()))) redirect('/profile/export')
  const t = await getTranslations('exportDone')
  return (
    <FlowPage
      heading={t('title')}
      intro={t('intro')}
      back={{ href: '/profile', label: t('toProfile') }}
    >
      <PageTitle screen="exportDone" />
      <a href="/profile/export/data.html" className={buttonClass()}>
        {t('page')}
      </a>
      <a href="/profile/export/data.json" className={buttonClass('secondary')}>
        {t('json')}
      </a>
      <Alert tone="warning">{t('keep')}</Alert>
    </FlowPage>
  )
}
