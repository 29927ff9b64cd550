import { measureOnServer } from '@/bench/support/on-server'
import { measureMemory } from './measure'
import { formatMemoryReport } from './report'

/** Measures the memory of one web process over 100 000 requests. */
export const measure = () => measureOnServer(measureMemory, formatMemoryReport)
