/** After this time an address has to be verified again (NIST SP 800-63B-4 4.2.1.3). */
const PROOF_LIFETIME_MS = 365 * 24 * 60 * 60 * 1_000

/** An address that was last verified at or before this time is due. */
export const reverificationHorizon = (now: Date) => new Date(now.getTime() - PROOF_LIFETIME_MS)

/** Whether a confirmed address has to be verified again. */
export const isReverificationDue = (
  { lastVerifiedAt }: { lastVerifiedAt: Date | null },
  now: Date,
) => lastVerifiedAt !== null && lastVerifiedAt <= reverificationHorizon(now)
