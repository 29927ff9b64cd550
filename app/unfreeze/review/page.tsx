import { redirect } from 'next/navigation'
import { FlowPage } from '@/components/flow-page'
import { PasswordField } from '@/components/form/password-field'
import { RadioGroup } from '@/components/form/radio-group'
import { type DisputedSlot, findUnfreeze } from '@/lib/recovery'
import { flowStart } from '../../_forms/flow-end'
import { Form } from '../../_forms/forms'
import { challengeSecret } from '../../_session/challenge-cookie'
import { formText } from '../../_text/screens'
import { flowSteps } from '../../_text/steps'
import { getTranslations } from '../../_text/translations'
import { submitReview } from '../actions'

export default async function UnfreezeReviewPage() {
  const unfreeze = await findUnfreeze(await challengeSecret('unfreeze'), new Date())
  if (unfreeze?.step !== 'review') redirect(flowStart('/unfreeze'))
  const { disputed } = unfreeze
  const t = await getTranslations()
  const text = await formText('unfreezeReview', [
    'choice_missing',
    'password_missing',
    'password_too_short',
    'password_too_long',
  ])
  return (
    <FlowPage
      heading={t('unfreezeReview.title')}
      intro={t('unfreezeReview.intro')}
      steps={await flowSteps('unfreeze', 3)}
    >
      <Form
        name="unfreezeReview"
        action={submitReview}
        fields={disputed.map(({ slot }) => slot)}
        text={text}
      >
        <p>{t(disputed.length > 0 ? 'unfreezeReview.changes' : 'unfreezeReview.unchanged')}</p>
        {disputed.map((change) => (
          <Decision key={change.slot} {...change} />
        ))}
        <PasswordField
          name="newPassword"
          label={t('field.newPassword')}
          hint={t('field.passwordRules')}
          autoComplete="new-password"
        />
      </Form>
    </FlowPage>
  )
}

async function Decision({ slot, earlier, present }: DisputedSlot) {
  const t = await getTranslations()
  const keep = present
    ? t('unfreezeReview.keep', { address: present })
    : t('unfreezeReview.keepEmpty')
  const undo = earlier
    ? t('unfreezeReview.undo', { address: earlier })
    : t('unfreezeReview.undoEmpty', { address: present ?? '' })
  const choices = [
    { value: 'undo', label: undo },
    { value: 'keep', label: keep },
  ]
  return <RadioGroup name={slot} legend={t(`slot.${slot}`)} choices={choices} />
}
