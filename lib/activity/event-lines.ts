import { metrics } from '@/lib/platform/metrics'
import { afterCommit, logSecurity, type SecurityEventName } from '@/lib/platform/security-log'
import type { EventType } from '@/prisma/client/enums'

/**
 * The log lines of each event of the activity. The request has already logged used-up attempts, a
 * new device has its own line, and a command logs what customer care did.
 */
const LINES: Record<EventType, readonly SecurityEventName[]> = {
  registered: ['user_created'],
  recovery_added: ['user_updated'],
  recovery_confirmed: ['user_updated'],
  recovery_removed: ['user_updated'],
  recovery_replaced: ['user_updated'],
  recovery_reverified: ['user_updated'],
  phone_changed: ['user_updated'],
  email_changed: ['user_updated'],
  email_confirmed: ['user_updated'],
  email_lost: ['user_updated'],
  change_undone: ['user_updated'],
  password_changed: ['authn_password_change'],
  password_reset: ['authn_password_change'],
  session_ended: ['session_expired'],
  sessions_ended: ['session_expired'],
  frozen: ['authn_login_lock'],
  unfrozen: ['authz_change', 'authn_password_change'],
  unfrozen_by_care: ['authz_change', 'authn_password_change'],
  restriction_lifted: ['authz_change'],
  new_device: [],
  attempts_used_up: [],
  attempts_restored: [],
  data_exported: ['sensitive_read'],
  addresses_shown: ['sensitive_read'],
  erasure_requested: ['user_updated'],
  erasure_cancelled: ['user_updated'],
  erased: ['user_deleted'],
  reanchored: [],
  incident_notified: [],
  care_viewed: ['sensitive_read'],
  address_released: ['user_updated'],
  unfreeze_announced: ['authz_change'],
  unfreeze_vetoed: ['authz_change'],
  saved_code_made: ['user_updated'],
  saved_code_used: ['user_updated'],
  saved_code_ended: ['user_updated'],
  number_recycled: ['authz_change'],
  number_reclaimed: ['authz_change'],
  password_held: [],
  password_released: ['authn_password_change'],
  password_vetoed: ['authz_change'],
}

for (const type of Object.keys(LINES)) metrics.accountEvents.inc({ type }, 0)

/** Logs and counts an event of the activity, when the transaction that records it has committed. */
export function logEvent(userId: string, change: EventType): void {
  afterCommit(() => metrics.accountEvents.inc({ type: change }))
  for (const event of LINES[change]) logSecurity(event, { userId, change })
}
