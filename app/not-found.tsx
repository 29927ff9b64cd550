import { buttonClass } from '@/components/button'
import { FlowPage } from '@/components/flow-page'
import { PageTitle } from './_text/page-title'
import { getTranslations } from './_text/translations'

export default async function NotFoundPage() {
  const t = await getTranslations('notFound')
  return (
    <FlowPage heading={t('heading')} intro={t('text')}>
      <PageTitle screen="notFound" />
      <div className="flex flex-wrap gap-2">
        <a href="/" className={buttonClass()}>
          {t('home')}
        </a>
        <a href="/help" className={buttonClass('secondary')}>
          {t('help')}
        </a>
      </div>
    </FlowPage>
  )
}
