import {
  consumeNewAddressSend,
  consumeSendLimit,
  ownSendsKey,
  releaseSendsKey,
  unfreezeSendsKey,
} from '@/lib/platform/rate-limits'
import type { Refused } from '@/lib/platform/result'
import type { Purpose } from '@/prisma/client/enums'

type Policy = {
  /**
   * Who may ask: a browser that is not signed in, one that opens a frozen account or has set a password
   * that is held, or a signed-in customer.
   */
  askedBy: 'stranger' | 'unfreezing' | 'resetting' | 'customer'
  /**
   * Whose send limit a code counts at: the submitted address, the customer, the customer's frozen
   * account, or its held password.
   */
  limitedBy: 'address' | 'customer' | 'frozen_account' | 'held_password'
  /** Whether the code goes only to addresses that its owner has confirmed. */
  isRecipientConfirmed: boolean
  /** Whether a frozen account can pass it. */
  worksWhileFrozen: boolean
}

/** The code goes to an address of the account: strangers must not be able to use up its sends. */
const OWN_ADDRESS = {
  askedBy: 'customer',
  limitedBy: 'customer',
  isRecipientConfirmed: true,
  worksWhileFrozen: false,
} as const

/**
 * Nobody has confirmed the address yet. It may be a stranger's, so its sends count for everyone who
 * asks.
 */
const NEW_ADDRESS = {
  askedBy: 'customer',
  limitedBy: 'address',
  isRecipientConfirmed: false,
  worksWhileFrozen: false,
} as const

const UNFREEZE = {
  askedBy: 'unfreezing',
  limitedBy: 'frozen_account',
  isRecipientConfirmed: true,
  worksWhileFrozen: true,
} as const

/** What holds for each purpose of a challenge. */
export const PURPOSES: Record<Purpose, Policy> = {
  register: { ...NEW_ADDRESS, askedBy: 'stranger' },
  reset_password: { ...OWN_ADDRESS, askedBy: 'stranger', limitedBy: 'address' },
  authorise_recovery: OWN_ADDRESS,
  confirm_recovery: NEW_ADDRESS,
  remove_recovery: OWN_ADDRESS,
  change_phone: OWN_ADDRESS,
  change_email: OWN_ADDRESS,
  replace_recovery: OWN_ADDRESS,
  confirm_phone: NEW_ADDRESS,
  confirm_email: NEW_ADDRESS,
  confirm_replacement: NEW_ADDRESS,
  verify_email: NEW_ADDRESS,
  reverify_recovery: OWN_ADDRESS,
  lift_restriction: OWN_ADDRESS,
  erase_account: OWN_ADDRESS,
  make_saved_code: OWN_ADDRESS,
  release_password: { ...OWN_ADDRESS, askedBy: 'resetting', limitedBy: 'held_password' },
  unfreeze_first: UNFREEZE,
  unfreeze_second: UNFREEZE,
}

/**
 * Whose challenge: its account (null for a registration and a decoy), and the blind index of the
 * submitted address.
 */
type Whose = { userId: string | null; rateLimitKey?: string }

/**
 * Takes one send of this purpose from the limit at which it counts. Refused: `send_throttled` with
 * seconds.
 */
export const limitSends = (
  purpose: Purpose,
  whose: Whose,
): Promise<Refused<'send_throttled'> | undefined> => consumeSendLimit(sendLimitKey(purpose, whose))

/**
 * Takes one send to an address that nobody has confirmed, and takes it back when `refuse` refuses it or
 * fails. The first code of a customer to a new address is not refused for what others sent there.
 * Refused: `send_throttled` with seconds.
 */
export async function limitNewSends(
  purpose: Purpose,
  whose: Whose,
  refuse: () => Promise<Refused<'send_throttled'> | undefined>,
): Promise<Refused<'send_throttled'> | undefined> {
  if (whose.userId === null) return (await limitSends(purpose, whose)) ?? refuse()
  const taken = await consumeNewAddressSend(sendLimitKey(purpose, whose), whose.userId)
  if (!taken.ok) return taken
  let isSent = false
  try {
    const refusal = await refuse()
    isSent = refusal === undefined
    return refusal
  } finally {
    if (!isSent) await taken.value.withdraw()
  }
}

/** The key of the sends of a known device or a link for one path. */
export const ownBrowserKey = (scope: 'device' | 'link', id: string, path: string) =>
  `${scope}:${id}:${path}`

/** The key of the resets that strangers ask for, of one identifier and path. */
export const strangerKey = (rateLimitKey: string, path: string) => `${rateLimitKey}:${path}`

/**
 * The key of what one address (its blind index) receives. Registrations, new addresses and resets
 * count separately, so that a stranger who registers with the address of a customer cannot use up
 * the resets of that customer.
 */
export function recipientKey(purpose: Purpose, blindIndex: string): string {
  if (PURPOSES[purpose].isRecipientConfirmed) return blindIndex
  return `${purpose === 'register' ? 'register' : 'new'}:${blindIndex}`
}

/** Without an account the submitted address is counted. */
function sendLimitKey(purpose: Purpose, { userId, rateLimitKey }: Whose): string {
  const { limitedBy } = PURPOSES[purpose]
  if (userId !== null && limitedBy === 'customer') return ownSendsKey(userId)
  if (userId !== null && limitedBy === 'frozen_account') return unfreezeSendsKey(userId)
  if (userId !== null && limitedBy === 'held_password') return releaseSendsKey(userId)
  if (rateLimitKey === undefined) throw new Error(`sends of ${purpose} count at the address`)
  return recipientKey(purpose, rateLimitKey)
}
