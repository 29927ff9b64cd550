const MINUTES = 60
const HOURS = 60 * MINUTES
const DAYS = 24 * HOURS

/**
 * Every limit of the product: `times` within `seconds`. The keys are submitted values, whether they
 * exist or not. `recipient` limits count the messages that are sent to one address, from whatever
 * request. `free` requests need no proof of work. A `network` is an IPv4 address or a /64 of IPv6, a
 * `site` a /48.
 */
export const LIMITS = {
  loginFree: { times: 5, seconds: 15 * MINUTES },
  loginIdentifier: { times: 100, seconds: 15 * MINUTES },
  loginNetwork: { times: 1_000, seconds: 15 * MINUTES },
  loginSite: { times: 4_000, seconds: 15 * MINUTES },
  resetFree: { times: 3, seconds: 1 * DAYS },
  resetIdentifier: { times: 10, seconds: 1 * DAYS },
  resetNetwork: { times: 80, seconds: 1 * HOURS },
  resetSite: { times: 320, seconds: 1 * HOURS },
  registerFree: { times: 3, seconds: 1 * DAYS },
  registerIdentifier: { times: 10, seconds: 1 * DAYS },
  registerNetwork: { times: 120, seconds: 1 * HOURS },
  registerSite: { times: 480, seconds: 1 * HOURS },
  estimateNetwork: { times: 300, seconds: 1 * MINUTES },
  sendBurst: { times: 5, seconds: 10 * MINUTES },
  sendDay: { times: 10, seconds: 1 * DAYS },
  firstSendDay: { times: 1, seconds: 1 * DAYS },
  unfreezeStart: { times: 20, seconds: 1 * HOURS },
  recipientDay: { times: 10, seconds: 1 * DAYS },
  passwordChangeUser: { times: 10, seconds: 1 * DAYS },
  newNumberUser: { times: 10, seconds: 1 * DAYS },
  exportUser: { times: 5, seconds: 1 * DAYS },
  downloadUser: { times: 20, seconds: 1 * DAYS },
  passwordUser: { times: 10, seconds: 15 * MINUTES },
  passwordUses: { times: 60, seconds: 15 * MINUTES },
  careSignIn: { times: 100, seconds: 15 * MINUTES },
  once: { times: 1, seconds: 1 },
} as const

export type LimitName = keyof typeof LIMITS

/** How many uses a limit allows. */
export const timesOf = (name: LimitName): number => LIMITS[name].times
