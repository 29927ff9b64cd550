export type { Caller } from './caller'
export {
  changePassword,
  checkUserPassword,
  refuseWrongPassword,
  replacePassword,
} from './change-password'
export { createAccount } from './create-account'
export { findDevice, findDevices, forgetBrowser } from './devices'
export { saveLocale } from './language'
export { type LoginOutcome, logIn } from './login'
export { endOtherSessions, endOwnSession, listSessions, type OwnSession } from './own-sessions'
export { hashPassword, type PasswordRefusal } from './password'
export { isPopupDue, snoozePopup } from './popup'
export { type Profile, type ProfileAddress, readProfile } from './profile'
export {
  completeRegistration,
  type RegistrationRefusal,
  startRegistration,
} from './register'
export {
  RESTRICTION_MS,
  readRestriction,
  refuseRestricted,
  restrictAccount,
  restrictionSecondsLeft,
} from './restriction'
export {
  endSession,
  endSessions,
  findSession,
  type LiveSession,
  type OpenedSession,
  openSession,
} from './sessions'
