import { redirect } from 'next/navigation'
import { TextLink } from '@/components/flow-page'
import { readProfile } from '@/lib/accounts'
import { type AddressKind, isProof, maskAddress } from '@/lib/addresses'
import { findOpenStep, findRecovery } from '@/lib/contacts'
import { type ResentParams, resentOf } from '../../../../_forms/code-step'
import { SendOrEnterCode } from '../../../../_forms/send-or-enter-code'
import { requireSession } from '../../../../_session/session'
import { getTranslations } from '../../../../_text/translations'
import { restrictedPage } from '../../../restriction/restricted-page'
import { resendRemoval, sendRemoval, submitRemoval } from '../../actions'
import { type KindParams, readKind } from '../../kind'

export default async function RemovePage(params: KindParams & ResentParams) {
  const kind = await readKind(params)
  const { userId } = await requireSession('/profile')
  const restricted = await restrictedPage(userId, 'removeSend')
  if (restricted) return restricted
  const held = await findRecovery(userId, kind)
  if (!held) redirect('/profile')
  const open = await findOpenStep(userId, 'remove_recovery', kind, new Date())
  const address = maskAddress(held.address)
  const t = await getTranslations()
  return (
    <SendOrEnterCode
      view={open?.view}
      send={{
        screen: 'removeSend',
        intro: t('removeSend.intro', { address }),
        warning: (await isLast(userId, kind)) ? t('removeSend.last') : undefined,
        action: sendRemoval.bind(null, kind),
      }}
      enter={{
        screen: 'removeCode',
        intro: ({ sentTo }) => t('removeCode.intro', { address, phone: sentTo.join(', ') }),
        action: submitRemoval,
        resend: resendRemoval.bind(null, kind),
        resent: await resentOf(params),
        restart: '/profile',
      }}
      after={<TextLink href="/profile">{t('removeSend.keep')}</TextLink>}
    />
  )
}

/** Whether no other confirmed recovery address is left without this one. */
async function isLast(userId: string, removed: AddressKind) {
  const { recoveries } = await readProfile(userId)
  return !recoveries.some((one) => one.kind !== removed && isProof(one))
}
