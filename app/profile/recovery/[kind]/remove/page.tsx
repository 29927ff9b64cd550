import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { FlowPage, TextLink } from '@/components/flow-page'
import { maskAddress } from '@/lib/addresses'
import { findOpenStep, findRecovery } from '@/lib/contacts'
import { CodeStep, isResent, type ResentParams } from '../../../../_forms/code-step'
import { Form } from '../../../../_forms/forms'
import { requireSession } from '../../../../_session/session'
import { formText } from '../../../../_text/screens'
import { resendRemoval, sendRemoval, submitRemoval } from '../../actions'
import { type KindParams, readKind } from '../../kind'

export default async function RemovePage(params: KindParams & ResentParams) {
  const kind = await readKind(params)
  const { userId } = await requireSession('/profile')
  const held = await findRecovery(userId, kind)
  if (!held) redirect('/profile')
  const open = await findOpenStep(userId, 'remove_recovery', kind, new Date())
  const t = await getTranslations()
  const address = maskAddress(held.address)
  const keep = <TextLink href="/profile">{t('removeSend.keep')}</TextLink>
  if (!open || open.view.isExhausted)
    return (
      <FlowPage
        heading={t('removeSend.title')}
        intro={t('removeSend.intro', { address })}
        after={keep}
      >
        <Form
          name="button"
          action={sendRemoval.bind(null, kind)}
          text={await formText('removeSend', [])}
        />
      </FlowPage>
    )
  return (
    <CodeStep
      screen="removeCode"
      intro={t('removeCode.intro', { address, phone: open.view.sentTo.join(', ') })}
      view={open.view}
      action={submitRemoval}
      resend={resendRemoval.bind(null, kind)}
      isResent={await isResent(params)}
      restart="/profile"
      after={keep}
    />
  )
}
