import { careOrigin } from '@/lib/platform/care-origin'

/**
 * Whose passkeys are used, and from which origin: those of the care console. Throws when it is not
 * served.
 */
export function relyingParty(): { rpID: string; origin: string } {
  const served = careOrigin()
  if (!served) throw new Error('the care console is not served: CARE_ORIGIN is not set')
  return { rpID: served.hostname, origin: served.origin }
}

/** The authenticator has two minutes, as long as its challenge lives. */
export const CEREMONY_MS = 2 * 60_000
