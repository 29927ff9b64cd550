export { authoriseRecoveryAddress, confirmRecoveryAddress, requestConfirmation, requestRecoveryAddress } from './add'
export { findOpenStep, findRecovery, findRequested } from './progress'
export { removeRecoveryAddress, requestRemoval } from './remove'
export { completeReset, passReset, type ResetChoice, resetIdentifier, startReset } from './reset'
