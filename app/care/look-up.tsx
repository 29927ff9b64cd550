import { getTranslations } from 'next-intl/server'
import { Section } from '@/components/card'
import { TextArea } from '@/components/care/text-area'
import { TextField } from '@/components/form/fields'
import { formText } from '../_text/screens'
import { CareForm } from './_forms/forms'
import { submitLookUp } from './cases/actions'

/** The form that finds an account. */
export async function LookUp() {
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
