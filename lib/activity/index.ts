export { type ActivityFault, type ActivityProof, verifyActivity } from './chain'
export { type ActivityEntry, listActivity, type NoticeTally } from './list'
export { type DailyEvent, type RecordedEvent, recordEvent, recordEventDaily } from './record'
export { closeSecureLinks, findSecureLink, type SecureLink, takeSecureLink } from './secure-link'
