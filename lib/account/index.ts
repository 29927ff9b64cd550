export {
  changePassword,
  checkUserPassword,
  replacePassword,
} from './change-password'
export { type Entry, logIn } from './login'
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
