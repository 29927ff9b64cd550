import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { TextLink } from '@/components/flow-page'
import { findReverification } from '@/lib/contacts'
import { type ResentParams, resentOf } from '../../../../_forms/code-step'
import { SendOrEnterCode } from '../../../../_forms/send-or-enter-code'
import { requireSession } from '../../../../_session/session'
import { type KindParams, readKind } from '../../kind'
import { resendProof, sendProof, submitProof } from './actions'

export default async function VerifyRecoveryPage(params: KindParams & ResentParams) {
  const kind = await readKind(params)
  const screen = `/profile/recovery/${kind}/verify`
  const { userId } = await requireSession(screen)
  const due = await findReverification(userId, kind, new Date())
  if (!due) redirect('/profile')
  const { mask: address, view } = due
  const t = await getTranslations()
  return (
    <SendOrEnterCode
      view={view}
      send={{
        screen: 'reverifySend',
        intro: t('reverifySend.intro', { address }),
        action: sendProof.bind(null, kind),
      }}
      enter={{
        screen: 'reverify',
        intro: () => t('reverify.intro', { address }),
        action: submitProof.bind(null, kind),
        resend: resendProof.bind(null, kind),
        resent: await resentOf(params),
        restart: screen,
      }}
      after={
        <>
          <TextLink href={`/profile/recovery/${kind}/replace`}>
            {t('reverifySend.replace')}
          </TextLink>
          <TextLink href="/profile">{t('recoveryConfirm.later')}</TextLink>
        </>
      }
    />
  )
}
