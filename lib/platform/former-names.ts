import type { EventType, Purpose } from '@/prisma/client/enums'

type Name = Purpose | EventType

/**
 * Former names of purposes and events, with the present ones. Rows were renamed by a migration;
 * encrypted texts and hashes still contain the former names.
 */
const PRESENT_NAMES: Record<string, Name> = {
  thaw_first: 'unfreeze_first',
  thaw_second: 'unfreeze_second',
  prove_email: 'verify_email',
  prove_recovery: 'reverify_recovery',
  thawed: 'unfrozen',
  thawed_by_care: 'unfrozen_by_care',
  guesses_used_up: 'attempts_used_up',
  guesses_restored: 'attempts_restored',
  recovery_proven: 'recovery_reverified',
}

const HASHED_NAMES = new Map(
  Object.entries(PRESENT_NAMES).map(([former, present]) => [present, former]),
)

/** The present name for a former name in an encrypted text; any other value unchanged. */
export function presentName(written: unknown): unknown {
  return typeof written === 'string' ? (PRESENT_NAMES[written] ?? written) : written
}

/**
 * The name with which an event is hashed: its first name, so that rows from before a rename still
 * verify.
 */
export const hashedName = (name: Name): string => HASHED_NAMES.get(name) ?? name
