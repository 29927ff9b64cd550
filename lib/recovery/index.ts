export { authoriseRecoveryAddress, confirmRecoveryAddress, requestConfirmation, requestRecoveryAddress } from './add'
export { type CareRefusal, freezeByCare, restoreGuessesByCare, thawByCare } from './care'
export { findAccount, showAccount } from './care-show'
export { findRecoveryProof, proveRecovery, requestRecoveryProof } from './check'
export { freezeByLink, freezeOwnAccount } from './freeze'
export { findOpenStep, findRecovery, findRequested } from './progress'
export { removeRecoveryAddress, requestRemoval } from './remove'
export { completeReset, passReset, type ResetChoice, resetIdentifier, startReset } from './reset'
export { SLOTS, type Slot } from './slots'
export {
  type DisputedSlot,
  findThaw,
  findThawCode,
  passThaw,
  requestThawCode,
  startThaw,
  startThawByLink,
  type ThawPurpose,
  type ThawStep,
} from './thaw'
export { completeThaw, type Decisions } from './thaw-complete'
