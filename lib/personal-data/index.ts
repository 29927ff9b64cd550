export { type Affected, listAffected, type Scope } from './affected'
export { openPerson, type PersonData } from './collect'
export { startErasures } from './due'
export type { EraseRefusal } from './erase'
export {
  cancelErasure,
  confirmErasure,
  findErasure,
  findErasureCode,
  postponeErasures,
  requestErasure,
} from './erasure'
export { type Incident, incidentSchema, tellAffected } from './incident'
export { eraseByOperator } from './operator'
export { limitDownloads, permitExport } from './own-export'
export { writeJson, writePage } from './page'
export { startRetention } from './prune'
