import { FlowPage, TextLink } from '@/components/flow-page'
import { readFreezeOutlook } from '@/lib/recovery'
import { Form } from '../../_forms/forms'
import { OpensByCare } from '../../_forms/opens-by-care'
import { requireSession } from '../../_session/session'
import { formText } from '../../_text/screens'
import { getTranslations } from '../../_text/translations'
import { freezeOwn } from './actions'

export default async function FreezePage() {
  const { userId } = await requireSession('/profile/freeze')
  const { opensAlone } = await readFreezeOutlook(userId, new Date())
  const t = await getTranslations('freezeOwn')
  return (
    <FlowPage
      heading={t('title')}
      intro={t('intro')}
      after={<TextLink href="/profile">{t('keep')}</TextLink>}
    >
      {!opensAlone && <OpensByCare />}
      <Form name="button" action={freezeOwn} text={await formText('freezeOwn', [])} look="alarm" />
      <p>{t(opensAlone ? 'effect' : 'effectCare')}</p>
    </FlowPage>
  )
}
