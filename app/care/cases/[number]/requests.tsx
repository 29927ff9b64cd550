import { Section } from '@/components/card'
import { AssertedForm } from '@/components/care/asserted-form'
import { TextArea } from '@/components/care/text-area'
import { Disclosure } from '@/components/disclosure'
import { TextField } from '@/components/form/fields'
import type { CaseView } from '@/lib/support'
import { partText } from '../../../_text/screens'
import { getTranslations } from '../../../_text/translations'
import { passkeyText } from '../../_session/passkey'
import { askRequest, submitRequest } from './actions'
import { listPossible } from './possible'
import { RequestDetail } from './request-detail'
import { fieldsOf, type RequestType } from './request-form'

type Props = { view: CaseView; now: Date }

/** The actions that the state of the account permits, each with its form. */
export async function Requests({ view, now }: Props) {
  const t = await getTranslations('careRequest')
  const possible = listPossible(view)
  return (
    <Section id="requests" heading={t('heading')}>
      {possible.length === 0 && <p className="text-muted">{t('none')}</p>}
      {possible.map(({ type, isOpen }) => (
        <Request key={type} type={type} isOpen={isOpen} view={view} now={now} />
      ))}
    </Section>
  )
}

type RequestProps = Props & { type: RequestType; isOpen: boolean }

async function Request({ type, isOpen, view, now }: RequestProps) {
  const t = await getTranslations()
  return (
    <Disclosure
      summary={t(`careType.${type}`)}
      className="border-t border-line first-of-type:border-0"
    >
      <div className="grid gap-4 pb-6">
        <p className="text-muted">{t(`careRequest.effect.${type}`)}</p>
        {isOpen ? (
          <p className="font-semibold">{t('careRequest.open')}</p>
        ) : (
          <RequestForm type={type} view={view} now={now} />
        )}
      </div>
    </Disclosure>
  )
}

async function RequestForm({ type, view, now }: Omit<RequestProps, 'isOpen'>) {
  const t = await getTranslations('careRequest')
  const text = await partText('careRequest', [])
  const fields = fieldsOf(type)
  return (
    <AssertedForm
      begin={askRequest.bind(null, view.number, type)}
      action={submitRequest.bind(null, view.number, type)}
      text={type === 'freeze' ? { ...text, submit: t('submitFreeze') } : text}
      passkey={await passkeyText()}
      look={type === 'freeze' ? 'danger' : 'primary'}
    >
      <RequestDetail type={type} view={view} now={now} />
      <TextArea name={fields.reason} label={t('reason')} hint={t('reasonHint')} />
      <TextField name={fields.ticket} label={t('ticket')} autoComplete="off" />
    </AssertedForm>
  )
}
