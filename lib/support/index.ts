export { findAccount, showAccount } from './account-view'
export { type CareRefusal, freezeByCare, restoreGuessesByCare, thawByCare } from './actions'
