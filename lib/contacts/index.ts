export {
  authoriseRecoveryAddress,
  confirmRecoveryAddress,
  requestConfirmation,
  requestRecoveryAddress,
} from './add'
export { askNewAddress, completePrimaryChange, completeReplacement, proveChange } from './change'
export {
  type ChangeOffer,
  type ChangeProgress,
  findChange,
  readChangeOffer,
} from './change-progress'
export { requestPrimaryChange, requestReplacement } from './change-request'
export {
  confirmPrimaryEmail,
  findEmailToConfirm,
  requestEmailConfirmation,
} from './confirm-primary-email'
export { type Health, readHealth, type Way } from './health'
export { findOpenStep, findRecovery, findRequested } from './progress'
export { remindOwners, startReminders } from './remind'
export { removeRecoveryAddress, requestRemoval } from './remove'
export { findRecoveryProof, proveRecovery, requestRecoveryProof } from './reverify'
export { type AddressSlot, changeOf } from './slot'
