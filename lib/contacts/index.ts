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
  refuseProof,
  requestPrimaryChange,
  requestReplacement,
  type VerificationMethod,
} from './change-request'
export { checkNumber } from './check-number'
export { checkNumbers } from './check-numbers'
export {
  confirmPrimaryEmail,
  findEmailToConfirm,
  requestEmailConfirmation,
} from './confirm-primary-email'
export { type Health, type RecoveryMethod, readHealth } from './health'
export { decideOn, NUMBER_USES } from './number-decision'
export { findOpenStep, findRecovery, findRequested, findRequestedMask } from './progress'
export {
  confirmRegistrationEmail,
  findRegistrationEmail,
  requestRegistrationEmail,
} from './registration-email'
export { remindOwners, startReminders } from './remind'
export { removeRecoveryAddress, requestRemoval } from './remove'
export { listShown, permitReveal, type ShownAddress } from './reveal'
export { findReverification, requestReverification, reverifyAddress } from './reverify'
export { refuseRecycled } from './send-code'
export { type AddressSlot, changeOf } from './slot'
