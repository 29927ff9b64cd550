export {
  type AttemptOwner,
  type AttemptScope,
  type Charge,
  chargeAttempt,
  clearAttempts,
  hasAttempts,
  reopenPaths,
  restoreAttempts,
} from './attempts'
export { refuseGone } from './code-lines'
export type { CodeRefusal } from './code-refusal'
export { reportExcess } from './excess'
export {
  type ChallengeRequest,
  issueToBrowser,
  issueToFlow,
  issueToUser,
  keepsCode,
  withoutThrottled,
} from './issue'
export { countSends } from './limit-resend'
export { limitNewAddress } from './new-address'
export { passChallenge, redeemChallenge } from './pass'
export { limitSends, ownBrowserKey, recipientKey, strangerKey } from './purposes'
export { resendCode } from './resend'
export {
  closeChallenges,
  findChallenge,
  findIssued,
  openPayload,
  openRecipients,
  renewSecret,
  spendPassed,
} from './store'
export { type ChallengeView, viewChallenge } from './view'
