export { restoreAttempts } from './attempts'
export {
  type ChallengeRequest,
  issueToBrowser,
  issueToFlow,
  issueToUser,
  keepsCode,
  withoutThrottled,
} from './issue'
export { type CodeRefusal, passChallenge, redeemChallenge } from './pass'
export { limitSends } from './purposes'
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
