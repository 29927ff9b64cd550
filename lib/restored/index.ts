export { acceptMoved, type CloseRefusal, closeRestore, findRunning, newestSession } from './close'
export { type LostChanges, readLostChanges } from './lost-changes'
