export { answerChallenge, type CodeRefusal, closeChallenges, spendChallenge } from './answer'
export { restoreAttempts } from './attempts'
export {
  type ChallengeRequest,
  issueToBrowser,
  issueToFlow,
  issueToUser,
  resendCode,
  withoutThrottled,
} from './issue'
export { findChallenge, openPayload, openRecipients, renewSecret } from './store'
export { type ChallengeView, viewChallenge } from './view'
