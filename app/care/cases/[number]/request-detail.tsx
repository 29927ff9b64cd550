import { CheckList } from '@/components/care/check-list'
import { SelectField } from '@/components/care/select-field'
import { env } from '@/lib/platform/env'
import type { CaseView, CaseWay } from '@/lib/support'
import { formatMoment } from '../../../_text/format'
import { getTranslations } from '../../../_text/translations'
import { eventWords } from '../../_text/words'
import { isRecycled, isReleasable } from './possible'
import { fieldsOf, type RequestType } from './request-form'

type Props = { type: RequestType; view: CaseView; now: Date }

/** The fields of a request that only this action has. */
export async function RequestDetail({ type, view, now }: Props) {
  if (type === 'unfreeze') return <Unfreeze view={view} now={now} />
  if (type === 'release_address' || type === 'trust_number')
    return <Address type={type} view={view} />
  return type === 'resend_notice' ? <Notice view={view} /> : null
}

async function Unfreeze({ view, now }: Omit<Props, 'type'>) {
  const t = await getTranslations()
  const disputed = view.ways.filter(({ isDisputed }) => isDisputed)
  const choices = await Promise.all(disputed.map(undoChoice))
  return (
    <>
      <p>{await proofSentence(view, now)}</p>
      {choices.length === 0 ? (
        <p>{t('careRequest.undoNone')}</p>
      ) : (
        <CheckList
          legend={t('careRequest.undo')}
          hint={t('careRequest.undoHint')}
          choices={choices}
        />
      )}
    </>
  )
}

async function undoChoice({ slot, present, earlier }: CaseWay) {
  const t = await getTranslations()
  const empty = t('careRequest.empty')
  const [before, after] = [present ?? empty, earlier ?? empty]
  const label = t('careRequest.change', { slot: t(`slot.${slot}`), before, after })
  return { name: fieldsOf('unfreeze').undo(slot), label }
}

/** Whether the unfreeze waits, by what the caller has proved. */
async function proofSentence({ words, vetoes }: CaseView, now: Date) {
  const t = await getTranslations('careRequest')
  if (vetoes.length > 0) return t('afterVeto', { masks: vetoes.join(', ') })
  const proven = words.find(({ mask, countsUntil }) => mask && countsUntil && countsUntil > now)
  return proven?.mask
    ? t('withProof', { mask: proven.mask })
    : t('withoutProof', { hours: env().CARE_UNFREEZE_HOURS })
}

const CHOOSABLE = { release_address: isReleasable, trust_number: isRecycled }

type AddressProps = { type: keyof typeof CHOOSABLE; view: CaseView }

async function Address({ type, view }: AddressProps) {
  const t = await getTranslations()
  const options = view.ways.filter(CHOOSABLE[type]).map(({ addressId, slot, present }) => ({
    value: addressId ?? '',
    label: `${t(`slot.${slot}`)}: ${present ?? ''}`,
  }))
  const { address } = fieldsOf(type)
  const label = t(type === 'trust_number' ? 'careRequest.number' : 'careRequest.address')
  return <SelectField name={address} label={label} options={options} />
}

async function Notice({ view }: Pick<Props, 'view'>) {
  const t = await getTranslations('careRequest')
  const resendable = view.events.filter(({ isResendable }) => isResendable)
  const options = await Promise.all(
    resendable.map(async ({ type, what, at, reference }) => ({
      value: reference,
      label: t('noticeOf', {
        happened: await eventWords(type, what),
        at: await formatMoment(at),
        reference,
      }),
    })),
  )
  const { notice } = fieldsOf('resend_notice')
  return <SelectField name={notice} label={t('notice')} options={options} />
}
