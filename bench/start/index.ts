import { measureOnServer } from '@/bench/support/on-server'
import { measureStarts } from './measure'
import { formatStartReport } from './report'

/** Measures how fast the processes start, and their memory. */
export const measure = () => measureOnServer(measureStarts, formatStartReport)
