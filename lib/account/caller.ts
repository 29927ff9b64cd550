import type { Locale } from '@/lib/locale'
import type { Origin } from '@/lib/origin'

/** The signed-in customer who asks, in which language, from where and when. */
export type Caller = { userId: string; locale: Locale; origin: Origin; now: Date }
