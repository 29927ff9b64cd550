/** What was not proven for so long is asked for anew (NIST SP 800-63B-4 4.2.1.3). */
const PROOF_LIFETIME_MS = 365 * 24 * 60 * 60 * 1_000

/** The latest moment at which an address that is to be proven anew was last proven. */
export const reverificationHorizon = (now: Date) => new Date(now.getTime() - PROOF_LIFETIME_MS)

/** Whether a confirmed address is to be proven anew. */
export const isReverificationDue = (
  { lastVerifiedAt }: { lastVerifiedAt: Date | null },
  now: Date,
) => lastVerifiedAt !== null && lastVerifiedAt <= reverificationHorizon(now)
