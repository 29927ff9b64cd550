import { redirect } from 'next/navigation'
import { AssertedForm, type AssertedFormProps } from '@/components/care/asserted-form'
import { FlowPage } from '@/components/flow-page'
import { formText } from '../../_text/screens'
import { getTranslations } from '../../_text/translations'
import { passkeyText } from '../_session/passkey'
import { requireStaff } from '../_session/staff'
import { findPerson } from './find-person'

export type PersonPage = { params: Promise<{ staffId: string }> }

type Props = PersonPage &
  Pick<AssertedFormProps, 'begin' | 'action'> & {
    look?: 'danger'
  } & { screen: 'careConfirm' | 'careDisable' }

/** The page on which an administrator signs an act about one person, whom its path names. */
export async function PersonAct({ params, screen, ...form }: Props) {
  await requireStaff(['administrator'])
  const person = (await findPerson((await params).staffId)) ?? redirect('/care/staff')
  const t = await getTranslations()
  const role = t(`staffRole.${person.role}`)
  return (
    <FlowPage
      heading={t(`${screen}.title`)}
      intro={t(`${screen}.intro`, { name: person.name, role })}
      back={{ href: '/care/staff', label: t('careInvite.back') }}
    >
      <AssertedForm {...form} text={await formText(screen, [])} passkey={await passkeyText()}>
        <input type="hidden" name="person" defaultValue={person.staffId} />
      </AssertedForm>
    </FlowPage>
  )
}
