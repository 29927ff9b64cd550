import { redirect } from 'next/navigation'
import { TextLink } from '@/components/flow-page'
import { type AddressSlot, findChange } from '@/lib/contacts'
import { CodeStep, type ResentParams, resentOf } from '../../_forms/code-step'
import { requireSession } from '../../_session/session'
import { flowSteps } from '../../_text/steps'
import { getTranslations } from '../../_text/translations'
import { unbroken } from '../../_text/unbroken'
import { resendProof, resendToNewAddress, submitChange, submitProof } from './actions'
import { baseOf, pathOf } from './slot'

type Props = { slot: AddressSlot; params: ResentParams }

/** The second step: the code that authorises the change. */
export async function ChangeAuthorise({ slot, params }: Props) {
  const change = await findStep(slot)
  if (change?.step !== 'authorise') redirect(pathOf(slot, change))
  const { address, view, proof } = change
  const t = await getTranslations('changeAuthorise')
  const sentTo = view.sentTo.join(', ')
  return (
    <CodeStep
      screen="changeAuthorise"
      intro={t(proof === 'recovery' ? 'introRecovery' : 'intro', {
        address: unbroken(address),
        sentTo,
      })}
      address={address}
      view={view}
      action={submitProof.bind(null, slot)}
      resend={resendProof.bind(null, slot)}
      resent={await resentOf(params)}
      restart={baseOf(slot)}
      steps={await flowSteps('change', 2)}
      back={{ href: baseOf(slot), label: t('change') }}
    />
  )
}

/** The last step: the code that came to the new address. */
export async function ChangeConfirm({ slot, params }: Props) {
  const change = await findStep(slot)
  if (change?.step !== 'confirm') redirect(pathOf(slot, change))
  const { address, previous, view } = change
  const shown = unbroken(address)
  const t = await getTranslations('changeConfirm')
  return (
    <CodeStep
      screen="changeConfirm"
      intro={
        previous ? t('intro', { address: shown, previous }) : t('introAdded', { address: shown })
      }
      address={address}
      view={view}
      action={submitChange.bind(null, slot)}
      resend={resendToNewAddress.bind(null, slot)}
      resent={await resentOf(params)}
      restart={baseOf(slot)}
      steps={await flowSteps('change', 4)}
      back={{ href: baseOf(slot), label: t('change') }}
      after={<TextLink href="/profile">{t('cancel')}</TextLink>}
    />
  )
}

async function findStep(slot: AddressSlot) {
  const { userId } = await requireSession(baseOf(slot))
  return findChange({ userId, now: new Date() }, slot)
}
