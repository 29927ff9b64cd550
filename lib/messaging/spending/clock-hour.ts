export const HOUR_MS = 60 * 60 * 1_000

/** When the clock hour of this time began. */
export const clockHour = (time: Date) => new Date(time.getTime() - (time.getTime() % HOUR_MS))
