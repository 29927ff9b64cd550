import { Card } from '@/components/card'
import { Disclosure } from '@/components/disclosure'
import { partText } from '../../../_text/screens'
import { getTranslations } from '../../../_text/translations'
import { CareForm } from '../../_forms/forms'
import { submitClose } from './actions'

/** The form that closes the case. */
export async function CloseCase({ number }: { number: string }) {
  const t = await getTranslations('careClose')
  return (
    <Card>
      <Disclosure summary={t('summary')}>
        <div className="grid gap-4 pt-2">
          <p>{t('text')}</p>
          <CareForm
            name="button"
            action={submitClose.bind(null, number)}
            text={await partText('careClose', [])}
            look="danger"
          />
        </div>
      </Disclosure>
    </Card>
  )
}
