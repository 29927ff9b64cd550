import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { FlowPage } from '@/components/flow-page'
import { PasswordField } from '@/components/password-field'
import { RadioGroup } from '@/components/radio-group'
import { type DisputedSlot, findThaw } from '@/lib/recovery'
import { overTo } from '../../_forms/flow-end'
import { challengeSecret } from '../../_session/challenge-cookie'
import { formText } from '../../_text/screens'
import { thawSteps } from '../steps'
import { ReviewForm } from './review-form'

export default async function ThawReviewPage() {
  const thaw = await findThaw(await challengeSecret('thaw'), new Date())
  if (thaw?.step !== 'review') redirect(overTo('/unfreeze'))
  const { disputed } = thaw
  const t = await getTranslations()
  const text = await formText('thawReview', [
    'choice_missing',
    'password_missing',
    'password_too_short',
    'password_too_long',
  ])
  return (
    <FlowPage
      heading={t('thawReview.title')}
      intro={t('thawReview.intro')}
      steps={await thawSteps(3)}
    >
      <ReviewForm slots={disputed.map(({ slot }) => slot)} text={text}>
        <p>{t(disputed.length > 0 ? 'thawReview.changes' : 'thawReview.unchanged')}</p>
        {disputed.map((change) => (
          <Decision key={change.slot} {...change} />
        ))}
        <PasswordField
          name="newPassword"
          label={t('field.newPassword')}
          hint={t('field.passwordRules')}
          autoComplete="new-password"
        />
      </ReviewForm>
    </FlowPage>
  )
}

async function Decision({ slot, earlier, present }: DisputedSlot) {
  const t = await getTranslations()
  const keep = present ? t('thawReview.keep', { address: present }) : t('thawReview.keepEmpty')
  const undo = earlier
    ? t('thawReview.undo', { address: earlier })
    : t('thawReview.undoEmpty', { address: present ?? '' })
  const choices = [
    { value: 'undo', label: undo },
    { value: 'keep', label: keep },
  ]
  return <RadioGroup name={slot} legend={t(`slot.${slot}`)} choices={choices} />
}
