export { findAccount, showAccount } from './account-view'
export { type CareRefusal, freezeByCare, restoreAttemptsByCare, unfreezeByCare } from './actions'
