import { EventType, Purpose } from '@/prisma/client/enums'

/**
 * Who can cause an SMS and who needs it, which decides how much of a ceiling it may use:
 *
 * - `open`: anybody can cause it, at any number.
 * - `courtesy`: a notice or a reminder that the customer can do without.
 * - `reset`: a code of a reset. Anybody can cause it, but only to a number that its owner confirmed.
 * - `reserved`: what a signed-in customer asked for, and notices of a change. No ceiling withholds
 *   it.
 */
export type SmsClass = 'open' | 'courtesy' | 'reset' | 'reserved'

/** SMS to one number that nobody has confirmed, by what causes them. */
export type NewNumberGroup = 'register' | 'new_address'

type Traits = { class: SmsClass; group?: NewNumberGroup }

const RESERVED = { class: 'reserved' } as const
const COURTESY = { class: 'courtesy' } as const
const REGISTER = { class: 'open', group: 'register' } as const
const NEW_ADDRESS = { class: 'reserved', group: 'new_address' } as const

const CODES: Record<Purpose, Traits> = {
  register: REGISTER,
  reset_password: { class: 'reset' },
  authorise_recovery: RESERVED,
  confirm_recovery: NEW_ADDRESS,
  remove_recovery: RESERVED,
  change_phone: RESERVED,
  change_email: RESERVED,
  replace_recovery: RESERVED,
  confirm_phone: NEW_ADDRESS,
  confirm_email: NEW_ADDRESS,
  confirm_replacement: NEW_ADDRESS,
  verify_email: NEW_ADDRESS,
  unfreeze_first: RESERVED,
  unfreeze_second: RESERVED,
  lift_restriction: RESERVED,
  reverify_recovery: RESERVED,
  erase_account: RESERVED,
  make_saved_code: RESERVED,
  release_password: RESERVED,
}

const NOTICES: Record<EventType, Traits> = {
  registered: COURTESY,
  recovery_added: RESERVED,
  recovery_confirmed: RESERVED,
  recovery_removed: RESERVED,
  password_changed: RESERVED,
  password_reset: RESERVED,
  new_device: COURTESY,
  attempts_used_up: { class: 'reset' },
  phone_changed: RESERVED,
  email_changed: RESERVED,
  email_confirmed: RESERVED,
  recovery_replaced: RESERVED,
  session_ended: COURTESY,
  sessions_ended: COURTESY,
  frozen: RESERVED,
  unfrozen: RESERVED,
  unfrozen_by_care: RESERVED,
  change_undone: RESERVED,
  restriction_lifted: RESERVED,
  attempts_restored: RESERVED,
  recovery_reverified: COURTESY,
  email_lost: RESERVED,
  data_exported: RESERVED,
  erasure_requested: RESERVED,
  erasure_cancelled: RESERVED,
  erased: RESERVED,
  incident_notified: RESERVED,
  reanchored: RESERVED,
  addresses_shown: RESERVED,
  care_viewed: RESERVED,
  address_released: RESERVED,
  unfreeze_announced: RESERVED,
  unfreeze_vetoed: RESERVED,
  saved_code_made: RESERVED,
  saved_code_used: RESERVED,
  saved_code_ended: RESERVED,
  number_recycled: RESERVED,
  number_reclaimed: RESERVED,
  password_held: RESERVED,
  password_released: RESERVED,
  password_vetoed: RESERVED,
}

const TRAITS = new Map<string, Traits>([
  ...Object.values(Purpose).map((purpose) => [`code.${purpose}`, CODES[purpose]] as const),
  ...Object.values(EventType).map((event) => [`notice.${event}`, NOTICES[event]] as const),
  ['already_registered', REGISTER],
  ['reminder', COURTESY],
  ['incident', RESERVED],
  ['caller_word', RESERVED],
])

/**
 * The class of a message by its kind, and its group when it goes to an unconfirmed number. A kind of
 * a later version, which runs beside this one during an upgrade, is not withheld.
 */
export function traitsOf(kind: string): Traits {
  return TRAITS.get(kind) ?? RESERVED
}

/** Whether the SMS of this event may be left out or gathered. Its e-mails are always sent. */
export const isCourtesy = (event: EventType): boolean => NOTICES[event].class === 'courtesy'
