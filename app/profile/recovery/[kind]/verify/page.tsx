import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { FlowPage, TextLink } from '@/components/flow-page'
import { findReverification } from '@/lib/contacts'
import { CodeStep, isResent, type ResentParams } from '../../../../_forms/code-step'
import { Form } from '../../../../_forms/forms'
import { requireSession } from '../../../../_session/session'
import { formText } from '../../../../_text/screens'
import { type KindParams, readKind } from '../../kind'
import { resendProof, sendProof, submitProof } from './actions'

export default async function ProveRecoveryPage(params: KindParams & ResentParams) {
  const kind = await readKind(params)
  const screen = `/profile/recovery/${kind}/verify`
  const { userId } = await requireSession(screen)
  const due = await findReverification(userId, kind, new Date())
  if (!due) redirect('/profile')
  const { mask: address, view } = due
  const t = await getTranslations()
  const after = (
    <>
      <TextLink href={`/profile/recovery/${kind}/replace`}>{t('reverifySend.replace')}</TextLink>
      <TextLink href="/profile">{t('recoveryConfirm.later')}</TextLink>
    </>
  )
  if (!view || view.isExhausted)
    return (
      <FlowPage
        heading={t('reverifySend.title')}
        intro={t('reverifySend.intro', { address })}
        after={after}
      >
        <Form
          name="button"
          action={sendProof.bind(null, kind)}
          text={await formText('reverifySend', [])}
        />
      </FlowPage>
    )
  return (
    <CodeStep
      screen="reverify"
      intro={t('reverify.intro', { address })}
      view={view}
      action={submitProof.bind(null, kind)}
      resend={resendProof.bind(null, kind)}
      isResent={await isResent(params)}
      restart={screen}
      after={after}
    />
  )
}
