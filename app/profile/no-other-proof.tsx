import { Alert } from '@/components/alert'
import { TextLink } from '@/components/flow-page'
import { getTranslations } from '../_text/translations'

type Props = { text?: 'none' | 'noOther' }

/** Who can help when the code can only go to the primary phone. */
export async function NoOtherProof({ text = 'none' }: Props) {
  const t = await getTranslations('changeProof')
  return (
    <Alert>
      <p>{t(text)}</p>
      <TextLink href="/help">{t('care')}</TextLink>
    </Alert>
  )
}
