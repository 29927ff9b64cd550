import { getTranslations } from 'next-intl/server'
import { Alert } from '@/components/alert'
import { FlowPage, TextLink } from '@/components/flow-page'
import { Form } from '../../_forms/forms'
import { requireSession } from '../../_session/session'
import { formText } from '../../_text/screens'
import { freezeOwn } from './actions'

export default async function FreezePage() {
  await requireSession('/profile/freeze')
  const t = await getTranslations('freezeOwn')
  return (
    <FlowPage
      heading={t('title')}
      intro={t('intro')}
      after={<TextLink href="/profile">{t('keep')}</TextLink>}
    >
      <Alert tone="warning">{t('effect')}</Alert>
      <Form name="button" action={freezeOwn} text={await formText('freezeOwn', [])} />
    </FlowPage>
  )
}
