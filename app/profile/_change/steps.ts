import { getTranslations } from 'next-intl/server'
import type { StepsProps } from '@/components/steps'

/** Type, code that shows who asks, look again, code from the new address. */
const TOTAL = 4

/** "Langkah 2 dari 4". */
export async function changeSteps(current: 1 | 2 | 3 | 4): Promise<StepsProps> {
  const t = await getTranslations('recoveryChoose')
  return { label: t('step', { current, total: TOTAL }), current, total: TOTAL }
}
