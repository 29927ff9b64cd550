import { redirect } from 'next/navigation'
import { TextLink } from '@/components/flow-page'
import { type AddressSlot, findReverification } from '@/lib/contacts'
import { type ResentParams, resentOf } from '../../_forms/code-step'
import { SendOrEnterCode } from '../../_forms/send-or-enter-code'
import { requireSession } from '../../_session/session'
import { getTranslations } from '../../_text/translations'
import { baseOf } from '../_change/slot'
import { resendProof, sendProof, submitProof } from './actions'
import { screenOf } from './slot'

type Props = { slot: AddressSlot; params: ResentParams }

/** Verifies an address again: after a year, or because its number seems to be somebody else's. */
export async function VerifyAgain({ slot, params }: Props) {
  const screen = screenOf(slot)
  const { userId } = await requireSession(screen)
  const due = await findReverification(userId, slot, new Date())
  if (!due) redirect('/profile')
  const { mask: address, isRecycled, view } = due
  const sending = isRecycled ? 'reclaimSend' : 'reverifySend'
  const t = await getTranslations()
  return (
    <SendOrEnterCode
      view={view}
      send={{
        screen: sending,
        intro: t(`${sending}.intro`, { address }),
        action: sendProof.bind(null, slot),
      }}
      enter={{
        screen: 'reverify',
        intro: () => t('reverify.intro', { address }),
        action: submitProof.bind(null, slot),
        resend: resendProof.bind(null, slot),
        resent: await resentOf(params),
        restart: screen,
      }}
      after={
        <>
          <TextLink href={baseOf(slot)}>{t(`${sending}.replace`)}</TextLink>
          <TextLink href="/profile">{t('recoveryConfirm.later')}</TextLink>
        </>
      }
    />
  )
}
