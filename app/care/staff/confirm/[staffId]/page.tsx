import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { AssertedForm } from '@/components/care/asserted-form'
import { FlowPage } from '@/components/flow-page'
import { formText } from '../../../../_text/screens'
import { passkeyText } from '../../../_session/passkey'
import { requireStaff } from '../../../_session/staff'
import { askConfirm, submitConfirm } from '../../actions'
import { findPerson } from '../../find-person'

type Props = { params: Promise<{ staffId: string }> }

export default async function ConfirmPage({ params }: Props) {
  await requireStaff(['administrator'])
  const person = (await findPerson((await params).staffId)) ?? redirect('/care/staff')
  const t = await getTranslations()
  const role = t(`staffRole.${person.role}`)
  return (
    <FlowPage
      heading={t('careConfirm.title')}
      intro={t('careConfirm.intro', { name: person.name, role })}
      back={{ href: '/care/staff', label: t('careInvite.back') }}
    >
      <AssertedForm
        begin={askConfirm}
        action={submitConfirm}
        text={await formText('careConfirm', [])}
        passkey={await passkeyText()}
      >
        <input type="hidden" name="person" defaultValue={person.staffId} />
      </AssertedForm>
    </FlowPage>
  )
}
