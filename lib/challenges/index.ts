export { restoreAttempts } from './attempts'
export {
  type ChallengeRequest,
  issueToBrowser,
  issueToFlow,
  issueToUser,
  keepsCode,
  withoutThrottled,
} from './issue'
export { limitNewAddress } from './new-address'
export { type CodeRefusal, passChallenge, redeemChallenge } from './pass'
export { limitSends, recipientKey } from './purposes'
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
