import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { TextLink } from '@/components/flow-page'
import { maskAddress } from '@/lib/addresses'
import { findOpenStep, findRecovery } from '@/lib/contacts'
import { isResent, type ResentParams } from '../../../../_forms/code-step'
import { SendOrEnterCode } from '../../../../_forms/send-or-enter-code'
import { requireSession } from '../../../../_session/session'
import { resendRemoval, sendRemoval, submitRemoval } from '../../actions'
import { type KindParams, readKind } from '../../kind'

export default async function RemovePage(params: KindParams & ResentParams) {
  const kind = await readKind(params)
  const { userId } = await requireSession('/profile')
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
        action: sendRemoval.bind(null, kind),
      }}
      enter={{
        screen: 'removeCode',
        intro: ({ sentTo }) => t('removeCode.intro', { address, phone: sentTo.join(', ') }),
        action: submitRemoval,
        resend: resendRemoval.bind(null, kind),
        isResent: await isResent(params),
        restart: '/profile',
      }}
      after={<TextLink href="/profile">{t('removeSend.keep')}</TextLink>}
    />
  )
}
