export { findAccount, showAccount } from './account-view'
export { approveAction, hashForApproval } from './approve'
export { freezeByCare, restoreAttemptsByCare, unfreezeByCare } from './by-command'
export type {
  CaseActionView,
  CaseEvent,
  CaseLimits,
  CaseMessage,
  CaseView,
  CaseWay,
  CaseWord,
} from './case-types'
export { readCase } from './case-view'
export { type CaseRefusal, closeCase } from './cases'
export { checkWord } from './check-word'
export { type DescribedChange, describeChange, findCaseOf } from './describe'
export { startUnfreezes } from './due'
export type { CareRefusal } from './effects'
export { declineAction, withdrawAction } from './end-action'
export { eraseCases } from './erase'
export { showCareGauges } from './gauges'
export { lookUp } from './look-up'
export { readLookUpsLeft } from './look-ups-left'
export { listOpenActions, type OpenAction } from './open-actions'
export {
  type ActionDetail,
  type ActionRequest,
  hashRequest,
  requestAction,
} from './request'
export {
  type AssertedAct,
  beginAct,
  beginEnrolment,
  beginSignIn,
  commitAct,
  completeAct,
  completeEnrolment,
  completeSignIn,
  confirmStaff,
  type DisableRefusal,
  disableStaff,
  endStaffSession,
  exportStaffEvents,
  findInvitation,
  findStaffSession,
  type Invited,
  invitationLink,
  inviteFirstAdministrator,
  inviteStaff,
  listStaff,
  listStaffEvents,
  type OpenedStaffSession,
  type SignedInStaff,
  type StaffAct,
  type StaffEntry,
  type StaffLogEntry,
  type StaffLogFilter,
  type StaffMember,
  type StaffState,
} from './staff'
export { findVetoLink, type VetoLink, vetoByLink } from './veto'
export { sendWord, showWord } from './words'
