export {
  ATTEMPT_CAPS,
  type AttemptOwner,
  type AttemptPath,
  type AttemptScope,
  type Charge,
  chargeAttempt,
  clearAttempts,
  type Failures,
  hasAttempts,
  RESTORED_ATTEMPTS,
  reopenPaths,
  restoreAttempts,
} from './attempts'
export { refuseGone } from './code-lines'
export type { CodeRefusal } from './code-refusal'
export { reportExcess } from './excess'
export type { ChallengeRequest } from './insert'
export {
  closeEarlier,
  issueToBrowser,
  issueToFlow,
  issueToUser,
  keepsCode,
  withoutThrottledOnce,
} from './issue'
export { countSends } from './limit-resend'
export { limitNewAddress } from './new-address'
export { passChallenge, redeemChallenge } from './pass'
export { findPassed } from './passed'
export { limitSends, ownBrowserKey, recipientKey, strangerKey } from './purposes'
export { resendCode, sendCodeBySms } from './resend'
export {
  CLOSE_CHALLENGES,
  closeChallenges,
  closeOfSavedCode,
  closePassedResets,
  findChallenge,
  findIssued,
  noteSimSwap,
  openPayload,
  openRecipients,
  SEALED_CHALLENGES,
  spendPassed,
} from './store'
export { type ChallengeView, describeChallenge, viewChallenge } from './view'
