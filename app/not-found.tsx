import { getTranslations } from 'next-intl/server'
import { buttonClass } from '@/components/button'
import { FlowPage } from '@/components/flow-page'
import { documentTitle } from './_text/screens'

export default async function NotFoundPage() {
  const t = await getTranslations('notFound')
  return (
    <FlowPage title={await documentTitle('notFound')} heading={t('heading')} intro={t('text')}>
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
