export { type AssertedAct, beginAct, commitAct, completeAct, type StaffAct } from './act'
export { beginEnrolment, completeEnrolment } from './enrolment'
export { inviteFirstAdministrator } from './first-administrators'
export { findInvitation, type Invited, invitationLink } from './invitation'
export {
  exportStaffEvents,
  listStaffEvents,
  type StaffLogEntry,
  type StaffLogFilter,
} from './list-log'
export { listStaff, type StaffEntry, type StaffState } from './list-staff'
export type { SignedInStaff, StaffMember } from './member'
export { confirmStaff, type DisableRefusal, disableStaff, inviteStaff } from './roster'
export { endStaffSession, findStaffSession, type OpenedStaffSession } from './sessions'
export { beginSignIn, completeSignIn } from './sign-in'
