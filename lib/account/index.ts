export {
  changePassword,
  checkUserPassword,
  replacePassword,
} from './change-password'
export { logIn } from './login'
export { hashPassword, type PasswordRefusal } from './password'
export { isPopupDue, snoozePopup } from './popup'
export { type ProfileAddress, readProfile } from './profile'
export { completeRegistration, createAccount, type RegistrationRefusal, startRegistration } from './registration'
export { endSession, findSession, type LiveSession, type OpenedSession, openSession } from './sessions'
