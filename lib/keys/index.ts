export { countStale, type Resealed, resealTable } from './reseal'
export { type ListedKey, listKeys, newKey, type RetireOutcome, retireKey } from './ring'
export { type KeyUse, SEALED_TABLES } from './uses'
