export type { Caller } from './caller'
export {
  askNewAddress,
  completePrimaryChange,
  completeReplacement,
  proveChange,
} from './change-address'
export { type ChangeOffer, type ChangeProgress, findChange, readChangeOffer } from './change-address-progress'
export { requestPrimaryChange, requestReplacement } from './change-address-request'
export {
  changePassword,
  checkUserPassword,
  replacePassword,
} from './change-password'
export { confirmPrimaryEmail, findEmailToConfirm, requestEmailConfirmation } from './confirm-email'
export { type Health, readHealth, type Way } from './health'
export { saveLocale } from './language'
export { type Entry, logIn } from './login'
export { endOtherSessions, endOwnSession, listSessions, type OwnSession } from './own-sessions'
export { hashPassword, type PasswordRefusal } from './password'
export { isPopupDue, snoozePopup } from './popup'
export { type ProfileAddress, readProfile } from './profile'
export { completeRegistration, createAccount, type RegistrationRefusal, startRegistration } from './registration'
export {
  findLiftStep,
  findRestriction,
  type Lifter,
  liftRestriction,
  refuseRestricted,
  requestLift,
  restrictAccount,
} from './restriction'
export { endSession, endSessions, findSession, type LiveSession, type OpenedSession, openSession } from './sessions'
export { changeOf, type Slot } from './slot'
