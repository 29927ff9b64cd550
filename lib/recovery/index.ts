export {
  type AddRefusal,
  authoriseRecoveryAddress,
  type Caller,
  confirmRecoveryAddress,
  requestConfirmation,
  requestedAddress,
  requestRecoveryAddress,
} from './add'
export { removeRecoveryAddress, requestRemoval } from './remove'
export { accountNameOf, completeReset, passReset, type ResetChoice, startReset } from './reset'
