import {
  Download,
  Eye,
  Headphones,
  History,
  type IconType,
  Info,
  KeyRound,
  LockOpen,
  LogIn,
  LogOut,
  Mail,
  RotateCcw,
  ScrollText,
  ShieldCheck,
  ShieldPlus,
  ShieldX,
  Smartphone,
  Snowflake,
  Trash2,
  TriangleAlert,
  UserPlus,
  UserX,
} from '@/components/icons'
import type { ActivityEntry } from '@/lib/activity'

type EventType = ActivityEntry['type']

/** The icon of each kind of event. */
export const EVENT_ICON: Record<EventType, IconType> = {
  registered: UserPlus,
  recovery_added: ShieldPlus,
  recovery_confirmed: ShieldCheck,
  recovery_removed: ShieldX,
  recovery_replaced: ShieldCheck,
  recovery_reverified: ShieldCheck,
  phone_changed: Smartphone,
  email_changed: Mail,
  email_confirmed: Mail,
  email_lost: Mail,
  change_undone: RotateCcw,
  password_changed: KeyRound,
  password_reset: KeyRound,
  new_device: LogIn,
  session_ended: LogOut,
  sessions_ended: LogOut,
  frozen: Snowflake,
  unfrozen: LockOpen,
  unfrozen_by_care: Headphones,
  restriction_lifted: LockOpen,
  attempts_used_up: TriangleAlert,
  attempts_restored: Headphones,
  addresses_shown: Eye,
  data_exported: Download,
  erasure_requested: Trash2,
  erasure_cancelled: Trash2,
  erased: UserX,
  reanchored: History,
  incident_notified: Info,
  care_viewed: Headphones,
  address_released: Headphones,
  unfreeze_announced: Headphones,
  unfreeze_vetoed: ShieldX,
  saved_code_made: ScrollText,
  saved_code_used: ScrollText,
  saved_code_ended: ScrollText,
  number_recycled: TriangleAlert,
  number_reclaimed: Smartphone,
  password_held: KeyRound,
  password_released: KeyRound,
  password_vetoed: ShieldX,
}

/**
 * What nobody can do in the customer's place, or what others did without getting into the account:
 * a freeze would not help.
 */
const UNDISPUTED: readonly EventType[] = [
  'registered',
  'email_lost',
  'number_recycled',
  'frozen',
  'attempts_used_up',
  'erased',
  'reanchored',
  'incident_notified',
]

/** Whether the customer may say that somebody else did it, and freeze the account. */
export const isDisputable = (type: EventType): boolean => !UNDISPUTED.includes(type)
