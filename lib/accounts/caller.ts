import type { Locale } from '@/lib/platform/locale'
import type { Origin } from '@/lib/platform/origin'

/** The signed-in customer of a request, with language, origin and time. */
export type Caller = { userId: string; locale: Locale; origin: Origin; now: Date }
