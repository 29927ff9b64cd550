import { Alert } from '@/components/alert'
import { TextLink } from '@/components/flow-page'
import { getTranslations } from '../_text/translations'
import { type FlowEndParams, flowEndOf } from './flow-end'

/** Why a flow ended; nothing without an ended flow in the search parameters. */
export async function FlowEndBanner({ searchParams }: FlowEndParams) {
  const ending = flowEndOf((await searchParams).ended)
  if (!ending) return null
  const t = await getTranslations()
  return (
    <Alert tone="danger" role="alert">
      <p>{t(`refusal.${ending}`)}</p>
      {ending === 'taken' && <TextLink href="/help">{t('changeProof.care')}</TextLink>}
    </Alert>
  )
}
