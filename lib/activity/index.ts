export { type ActivityFault, verifyActivity } from './chain'
export { type ActivityEntry, listActivity, type NoticeCounts } from './list'
export { recordEvent, recordEventDaily } from './record'
export {
  closeSecureLinks,
  deleteLinksTo,
  findSecureLink,
  type SecureLink,
  takeSecureLink,
} from './secure-link'
