import { measureOnServer } from '@/bench/support/on-server'
import { measureProcesses } from './measure'
import { formatProcessesReport } from './report'

/** Measures what two web processes behind one port serve, beside one. */
export const measure = () => measureOnServer(measureProcesses, formatProcessesReport)
