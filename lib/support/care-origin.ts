import type { Origin } from '@/lib/platform/origin'

/** The device of what customer care does is unknown: it is not the customer's. */
export const CARE: Origin = { ip: 'customer-care', userAgent: '' }
