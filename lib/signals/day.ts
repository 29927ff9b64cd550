import { TIME_ZONE } from '@/lib/platform/locale'

/** Its dates are written as YYYY-MM-DD. */
const FORMAT = new Intl.DateTimeFormat('sv', { timeZone: TIME_ZONE })

/** The calendar date of a moment in Jakarta, such as 2026-11-23. */
export const dayOf = (moment: Date): string => FORMAT.format(moment)
