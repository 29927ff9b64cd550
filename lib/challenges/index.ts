export { answerChallenge, type CodeRefusal, closeChallenges, spendChallenge } from './answer'
export { restoreGuesses } from './attempts'
export {
  dropFlooded,
  issueToBrowser,
  issueToFlow,
  issueToUser,
  type Question,
  resendCode,
} from './issue'
export { findChallenge, openPayload, openRecipients, renewSecret } from './store'
export { type ChallengeView, viewChallenge } from './view'
