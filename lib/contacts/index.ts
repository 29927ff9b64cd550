export {
  confirmRecoveryAddress,
  requestConfirmation,
  requestRecoveryAddress,
} from './add'
export { authoriseRecoveryAddress } from './authorise'
export {
  authoriseChange,
  completePrimaryChange,
  completeReplacement,
  sendCodeToNewAddress,
} from './change'
export {
  type ChangeOffer,
  type ChangeProgress,
  findChange,
  readChangeOffer,
} from './change-progress'
export {
  recipientsOf,
  requestPrimaryChange,
  requestReplacement,
  type VerificationMethod,
} from './change-request'
export {
  confirmPrimaryEmail,
  findEmailToConfirm,
  requestEmailConfirmation,
} from './confirm-primary-email'
export { type Health, type RecoveryMethod, readHealth } from './health'
export { findOpenStep, findRecovery, findRequested, findRequestedMask } from './progress'
export {
  confirmRegistrationEmail,
  findRegistrationEmail,
  requestRegistrationEmail,
} from './registration-email'
export { remindOwners, startReminders } from './remind'
export { removeRecoveryAddress, requestRemoval } from './remove'
export { listShown, permitReveal, type ShownAddress } from './reveal'
export { findReverification, requestReverification, reverifyRecoveryAddress } from './reverify'
export { type AddressSlot, changeOf } from './slot'
