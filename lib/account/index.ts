export {
  changePassword,
  checkUserPassword,
  replacePassword,
} from './change-password'
export { saveLocale } from './language'
export { type Entry, logIn } from './login'
export { endOtherSessions, endOwnSession, listSessions, type OwnSession } from './own-sessions'
export { hashPassword, type PasswordRefusal } from './password'
export { isPopupDue, snoozePopup } from './popup'
export { type ProfileAddress, readProfile } from './profile'
export { completeRegistration, createAccount, type RegistrationRefusal, startRegistration } from './registration'
export { refuseRestricted, restrictAccount } from './restriction'
export { endSession, endSessions, findSession, type LiveSession, type OpenedSession, openSession } from './sessions'
