import { measureOnServer } from '@/bench/support/on-server'
import { measureMessaging } from './measure'
import { formatMessagingReport } from './report'

/** Measures latency, throughput and memory of the worker, and the same of its queue alone. */
export const measure = () => measureOnServer(measureMessaging, formatMessagingReport)
