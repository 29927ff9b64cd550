export type { Caller } from './caller'
export {
  changePassword,
  checkUserPassword,
  refuseWrongPassword,
} from './change-password'
export { completeRegistration, findRegistration } from './complete-registration'
export { createAccount } from './create-account'
export { findDevice, findDevices, forgetBrowser } from './devices'
export type { LoginOutcome } from './enter'
export { saveLocale } from './language'
export { logIn } from './login'
export { endOtherSessions, endOwnSession, listSessions, type OwnSession } from './own-sessions'
export { hashPassword, type PasswordRefusal } from './password'
export { isPopupDue, snoozePopup } from './popup'
export { type Profile, type ProfileAddress, readProfile } from './profile'
export { type RegistrationRefusal, startRegistration } from './register'
export { readForReplacement, replacePassword } from './replace-password'
export {
  RESTRICTION_MS,
  readRestriction,
  refuseRestricted,
  restrictionSecondsLeft,
} from './restriction'
export {
  endSession,
  endSessions,
  endSessionsUnder,
  findSession,
  findSessionOwner,
  type LiveSession,
  type OpenedSession,
  openSession,
} from './sessions'
