export { answerChallenge, type CodeRefusal, closeChallenges, spendChallenge } from './answer'
export { dropFlooded, issueToBrowser, issueToUser, type Question, resendCode } from './issue'
export { findChallenge, openPayload, openRecipients } from './store'
export { type ChallengeView, viewChallenge } from './view'
