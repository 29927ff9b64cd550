import 'server-only'
import type { StepsProps } from '@/components/steps'
import { getTranslations } from './translations'

/** The number of steps of each flow. */
const TOTALS = {
  /** Choose a kind, type the address, code from the primary phone, code from the new address. */
  recovery: 4,
  /** Type the address, code from an address the account has, review, code from the new address. */
  change: 4,
  /** Identifier, code, new password. */
  reset: 3,
  /** First code, second code, review. */
  unfreeze: 3,
} as const

/** The position of a page in its flow, "Langkah 2 dari 4". */
export async function flowSteps(
  flow: keyof typeof TOTALS,
  current: 1 | 2 | 3 | 4,
): Promise<StepsProps> {
  const t = await getTranslations('common')
  const total = TOTALS[flow]
  return { label: t('step', { current, total }), current, total }
}
