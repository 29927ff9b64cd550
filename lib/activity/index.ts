export type { ActivityFault } from './chain'
export { readDetail, SIGNAL_DAYS, SIGNAL_EVENTS } from './detail'
export { REFERENCE_LENGTH } from './event-row'
export { type ActivityEntry, listActivity, type NoticeCounts } from './list'
export { pruneActivity } from './prune'
export { reanchorActivity } from './reanchor'
export { findRecentEvent } from './recent'
export { type BegunEvent, beginEvent, isReader, recordEvent } from './record'
export { resendNotices } from './resend'
export { CLOSE_RESET_LINKS, closeResetLinks, findResetLink } from './reset-link'
export {
  closeSecureLinks,
  deleteLinksTo,
  findSecureLink,
  type SecureLink,
  takeSecureLink,
} from './secure-link'
export { reportUsedUp, tellUsedUp, USED_UP_TASK } from './used-up'
export { listLackingKeys, verifyActivity } from './verify'
export { startVerification } from './watch'
