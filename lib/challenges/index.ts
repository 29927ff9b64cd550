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
export {
  type ChallengeRequest,
  issueToBrowser,
  issueToFlow,
  issueToUser,
  keepsCode,
  withoutThrottled,
} from './issue'
export { passChallenge, redeemChallenge } from './pass'
export { limitSends, ownBrowserKey, strangerKey } from './purposes'
export { resendCode } from './resend'
export {
  closeChallenges,
  findChallenge,
  openPayload,
  openRecipients,
  renewSecret,
  spendPassed,
} from './store'
export { type ChallengeView, viewChallenge } from './view'
