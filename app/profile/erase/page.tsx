import { Alert } from '@/components/alert'
import { FlowPage, TextLink } from '@/components/flow-page'
import { PasswordField } from '@/components/form/password-field'
import { RadioGroup } from '@/components/form/radio-group'
import { readChangeOffer } from '@/lib/contacts'
import { findErasure } from '@/lib/personal-data'
import type { FlowEndParams } from '../../_forms/flow-end'
import { FlowEndBanner } from '../../_forms/flow-end-banner'
import { Form } from '../../_forms/forms'
import { requireSession } from '../../_session/session'
import { formatMoment } from '../../_text/format'
import { PageTitle } from '../../_text/page-title'
import { formText } from '../../_text/screens'
import { getTranslations } from '../../_text/translations'
import { NoOtherProof } from '../no-other-proof'
import { proofChoices } from '../proof-choices'
import { RecycledNumber } from '../recycled-number'
import { restrictedPage } from '../restriction/restricted-page'
import { keepAccount, submitErasure } from './actions'

export default async function ErasePage(params: FlowEndParams) {
  const { userId } = await requireSession('/profile/erase')
  const eraseAt = await findErasure(userId)
  if (eraseAt) return <Pending eraseAt={eraseAt} />
  const restricted = await restrictedPage(userId, 'eraseAccount')
  return restricted ?? <Ask userId={userId} params={params} />
}

/** When the account will be erased, and the button that cancels it. */
async function Pending({ eraseAt }: { eraseAt: Date }) {
  const t = await getTranslations('erasePending')
  return (
    <FlowPage
      heading={t('title')}
      intro={t('intro', { at: await formatMoment(eraseAt) })}
      after={<TextLink href="/profile/freeze">{t('freeze')}</TextLink>}
      back={{ href: '/profile', label: t('toProfile') }}
    >
      <PageTitle screen="erasePending" />
      <Alert>{t('stop')}</Alert>
      <Form name="button" action={keepAccount} text={await formText('erasePending', [])} />
    </FlowPage>
  )
}

async function Ask({ userId, params }: { userId: string; params: FlowEndParams }) {
  const t = await getTranslations()
  // The code may go where that of another primary number would go.
  const offer = await readChangeOffer(userId, { role: 'primary', kind: 'phone' })
  const choices = offer ? await proofChoices(offer) : []
  const [only, ...others] = choices
  return (
    <FlowPage
      heading={t('eraseAccount.title')}
      intro={t('eraseAccount.intro')}
      back={{ href: '/profile', label: t('password.toProfile') }}
      after={
        <>
          <TextLink href="/profile/export">{t('eraseAccount.exportFirst')}</TextLink>
          <TextLink href="/reset">{t('login.forgot')}</TextLink>
        </>
      }
    >
      <PageTitle screen="eraseAccount" />
      <FlowEndBanner {...params} />
      <Alert tone="warning" title={t('eraseAccount.effectTitle')}>
        <p>{t('eraseAccount.effect')}</p>
        <p>{t('eraseAccount.kept')}</p>
      </Alert>
      {offer && !offer.phone && <RecycledNumber />}
      {only && (
        <Form
          name="eraseAccount"
          action={submitErasure}
          text={await formText('eraseAccount', ['password_missing', 'choice_missing'])}
          {...(others.length === 0 && { values: { proof: only.value } })}
        >
          <PasswordField
            name="currentPassword"
            label={t('field.currentPassword')}
            autoComplete="current-password"
          />
          <RadioGroup name="proof" legend={t('changeProof.legend')} choices={choices} />
        </Form>
      )}
      {others.length === 0 && <NoOtherProof />}
    </FlowPage>
  )
}
