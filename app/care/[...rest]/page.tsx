import { FlowPage, TextLink } from '@/components/flow-page'
import { sayMissing } from '@/lib/platform/response'
import { PageTitle } from '../../_text/page-title'
import { getTranslations } from '../../_text/translations'

/** What the console says about a path that is none of its pages. */
export default async function MissingPage() {
  sayMissing()
  const t = await getTranslations()
  return (
    <FlowPage heading={t('notFound.heading')} intro={t('notFound.text')}>
      <PageTitle screen="notFound" />
      <TextLink href="/care">{t('care.toHome')}</TextLink>
    </FlowPage>
  )
}
