export { type ActivityFault, verifyActivity } from './chain'
export { type ActivityEntry, listActivity, type NoticeCounts } from './list'
export { recordEvent } from './record'
export { closeResetLinks, findResetLink } from './reset-link'
export {
  closeSecureLinks,
  deleteLinksTo,
  findSecureLink,
  type SecureLink,
  takeSecureLink,
} from './secure-link'
export { reportUsedUp, tellUsedUp, USED_UP_TASK } from './used-up'
