import type { Consent } from '@/lib/addresses'

/**
 * The version of the text by which a customer agrees to the use of an address for recovery (UU PDP
 * articles 20 to 22): `consent.text` in messages/, above the button of the form. A change of its
 * meaning gets a new version; an address keeps the one that its owner read. The challenge carries it
 * in its payload, because a process of another release may save the address.
 */
export const CONSENT_VERSION = '2026-11'

/** The consent that is recorded with an address; null when its form did not ask for it. */
export const consentOf = (version: string | undefined, now: Date): Consent | null =>
  version === undefined ? null : { version, at: now }
