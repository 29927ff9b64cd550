import { redirect } from 'next/navigation'
import { AssertedForm } from '@/components/care/asserted-form'
import { FlowPage } from '@/components/flow-page'
import { formText } from '../../_text/screens'
import { getTranslations } from '../../_text/translations'
import { passkeyText } from '../_session/passkey'
import { currentStaff } from '../_session/staff'
import { askSignIn, submitSignIn } from './actions'

export default async function CareSignInPage() {
  if (await currentStaff()) redirect('/care')
  const t = await getTranslations('careSignIn')
  return (
    <FlowPage heading={t('title')} intro={t('intro')}>
      <AssertedForm
        begin={askSignIn}
        action={submitSignIn}
        text={await formText('careSignIn', [])}
        passkey={await passkeyText()}
      />
      <p className="text-muted">{t('help')}</p>
    </FlowPage>
  )
}
