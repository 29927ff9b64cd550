import { redirect } from 'next/navigation'
import { AddressRow } from '@/components/address-row'
import { FlowPage, TextLink } from '@/components/flow-page'
import { type AddressSlot, findChange } from '@/lib/contacts'
import { Form } from '../../_forms/forms'
import { LookAlikeWarning } from '../../_forms/look-alike-warning'
import { requireSession } from '../../_session/session'
import { formText } from '../../_text/screens'
import { flowSteps } from '../../_text/steps'
import { getTranslations } from '../../_text/translations'
import { unbroken } from '../../_text/unbroken'
import { sendToNewAddress } from './actions'
import { baseOf, pathOf } from './slot'

const CONSEQUENCES = {
  primary: ['login', 'devices', 'notices'],
  recovery: ['until', 'notices'],
  added: ['loginAdded', 'devices', 'noticesAdded'],
} as const

/** The third step: a summary before anything is changed. */
export async function ChangeReview({ slot }: { slot: AddressSlot }) {
  const { userId } = await requireSession(baseOf(slot))
  const change = await findChange({ userId, now: new Date() }, slot)
  if (change?.step !== 'review') redirect(pathOf(slot, change))
  const { previous, address } = change
  const t = await getTranslations('changeReview')
  return (
    <FlowPage
      heading={t('title')}
      intro={t('intro', { address: unbroken(address) })}
      steps={await flowSteps('change', 3)}
      back={{ href: baseOf(slot), label: t('change') }}
      after={<TextLink href="/profile">{t('cancel')}</TextLink>}
    >
      <ul>
        {previous && <AddressRow kind={slot.kind} label={t('previous')} masked={previous} />}
        <AddressRow kind={slot.kind} label={t('next')} masked={address} />
      </ul>
      <LookAlikeWarning address={address} />
      <ul className="grid list-disc gap-2 ps-6">
        {CONSEQUENCES[previous ? slot.role : 'added'].map((word) => (
          <li key={word}>{t(word)}</li>
        ))}
      </ul>
      <Form
        name="button"
        action={sendToNewAddress.bind(null, slot)}
        text={await formText('changeReview', [])}
      />
    </FlowPage>
  )
}
