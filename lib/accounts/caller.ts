import type { Locale } from '@/lib/platform/locale'
import type { Origin } from '@/lib/platform/origin'

/** The signed-in customer who asks, in which language, from where and when. */
export type Caller = { userId: string; locale: Locale; origin: Origin; now: Date }
