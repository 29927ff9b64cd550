import { Section } from '@/components/card'
import { TextArea } from '@/components/care/text-area'
import { TextField } from '@/components/form/fields'
import { readLookUpsLeft, type StaffMember } from '@/lib/support'
import { formatTime } from '../_text/format'
import { formText } from '../_text/screens'
import { getTranslations } from '../_text/translations'
import { CareForm } from './_forms/forms'
import { leftWords } from './_text/words'
import { submitLookUp } from './cases/actions'

type Props = { staff: StaffMember; now: Date }

/** The form that finds an account, and how often it can be used in this hour. */
export async function LookUp({ staff, now }: Props) {
  const t = await getTranslations('careLookUp')
  const text = await formText('careLookUp', [
    'care_query_missing',
    'care_query_partial',
    'care_reason_malformed',
  ])
  return (
    <Section id="look-up" heading={t('title')}>
      <div className="grid gap-6">
        <p className="text-muted">{t('intro')}</p>
        <p>{await leftSentence(staff, now)}</p>
        <CareForm name="lookUp" action={submitLookUp} text={text}>
          <TextField
            name="query"
            label={t('query')}
            hint={t('queryHint')}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
          <TextArea name="reason" label={t('reason')} hint={t('reasonHint')} />
        </CareForm>
      </div>
    </Section>
  )
}

async function leftSentence(staff: StaffMember, now: Date): Promise<string> {
  const t = await getTranslations('careLookUp')
  const { moreAt, ...counts } = await readLookUpsLeft(staff, now)
  if (!moreAt) return t('left', counts)
  const more = { at: await formatTime(moreAt), wait: await leftWords(moreAt, now) }
  return counts.left > 0
    ? `${t('left', counts)} ${t('more', more)}`
    : t('noneLeft', { ...counts, ...more })
}
