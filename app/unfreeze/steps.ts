import { getTranslations } from 'next-intl/server'
import type { StepsProps } from '@/components/steps'

/** The first code, the second one, the review. */
const TOTAL = 3

export async function unfreezeSteps(current: 1 | 2 | 3): Promise<StepsProps> {
  const t = await getTranslations('unfreeze')
  return { label: t('step', { current, total: TOTAL }), current, total: TOTAL }
}
