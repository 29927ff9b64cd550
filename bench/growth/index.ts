import { measureOnServer } from '@/bench/support/on-server'
import { measureGrowth } from './measure'
import { formatGrowthReport } from './report'

/** Measures every flow in a small and a large shop, and what its statements read there. */
export const measure = () => measureOnServer(measureGrowth, formatGrowthReport)
