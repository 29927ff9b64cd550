export { type Answer, answerChallenge, type CodeRefusal, closeChallenges, spendChallenge } from './answer'
export { dropFlooded, issueToBrowser, issueToUser, type Question, type ResendRefusal, resendCode } from './issue'
export { type ChallengeRef, findChallenge, lockUser, openPayload } from './store'
export { type ChallengeView, viewChallenge } from './view'
