import { redirect } from 'next/navigation'
import { Alert } from '@/components/alert'
import { buttonClass } from '@/components/button'
import { FlowPage, TextLink } from '@/components/flow-page'
import { findHeldPassword, type HeldView } from '@/lib/recovery'
import { CallCare } from '../../_forms/call-care'
import { flowStart } from '../../_forms/flow-end'
import { Form } from '../../_forms/forms'
import { challengeSecret } from '../../_session/challenge-cookie'
import { formatMoment } from '../../_text/format'
import { PageTitle } from '../../_text/page-title'
import { formText } from '../../_text/screens'
import { getTranslations } from '../../_text/translations'
import { sendReleaseCode } from './actions'

/** Says why the new password waits and when it takes effect, and offers a code that ends the wait. */
export default async function HeldPasswordPage() {
  const held = await findHeldPassword(await challengeSecret('reset'))
  if (!held) redirect(flowStart('/reset'))
  if (held.endedBy === 'released') redirect('/reset/done')
  return held.endedBy ? <Over /> : <Waiting held={held} />
}

async function Waiting({ held }: { held: HeldView }) {
  const { dueAt, canRelease, canBeStopped } = held
  const t = await getTranslations('held')
  return (
    <FlowPage heading={t('title')} intro={t('intro')}>
      <PageTitle screen="held" />
      <Alert role="status">
        {t(canBeStopped ? 'when' : 'whenAlone', { at: await formatMoment(dueAt) })}
      </Alert>
      {canRelease && (
        <>
          <p>{t('faster')}</p>
          <Form name="button" action={sendReleaseCode} text={await formText('held', [])} />
        </>
      )}
      <p className="text-muted">{t('once')}</p>
      <CallCare />
    </FlowPage>
  )
}

async function Over() {
  const t = await getTranslations()
  const help = <TextLink href="/help">{t('code.help')}</TextLink>
  return (
    <FlowPage heading={t('heldOver.title')} after={help}>
      <PageTitle screen="heldOver" />
      <Alert tone="warning">{t('heldOver.intro')}</Alert>
      <a href="/reset" className={buttonClass()}>
        {t('heldOver.again')}
      </a>
    </FlowPage>
  )
}
