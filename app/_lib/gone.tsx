import { getTranslations } from 'next-intl/server'
import { Alert } from '@/components/alert'

const ENDED = 'ended'

/** Where a flow begins, to which the page of a step that is over leads. */
export const overTo = (start: string) => `${start}?${ENDED}=1`

/** The part of an address that tells that. */
export type GoneParams = { searchParams: Promise<{ [ENDED]?: string }> }

/** Says that the step which has just led here is over. */
export async function Gone({ searchParams }: GoneParams) {
  if ((await searchParams)[ENDED] === undefined) return null
  const t = await getTranslations('refusal')
  return <Alert tone="warning">{t('challenge_gone')}</Alert>
}
