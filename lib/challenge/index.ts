export { answerChallenge, type CodeRefusal, closeChallenges, spendChallenge } from './answer'
export { dropFlooded, issueToBrowser, issueToUser, type Question, resendCode } from './issue'
export { findChallenge, lockUser, openPayload } from './store'
export { type ChallengeView, viewChallenge } from './view'
