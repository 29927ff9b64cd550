export {
  type FreezeOutlook,
  freezeAccount,
  freezeByLink,
  freezeOwnAccount,
  listConcerned,
  readFreezeOutlook,
} from './freeze'
export { completeReset, passReset, resetIdentifier } from './reset'
export type { ResetChoice } from './reset-payload'
export { startReset, startResetByLink } from './reset-start'
export {
  findLiftStep,
  findRestriction,
  liftRestriction,
  type Restriction,
  requestLift,
} from './restriction'
export { countRestrictionKeys, rehashRestrictions } from './restriction-keys'
export { type DisputedSlot, reviewSlots, SLOTS, type SlotName } from './review'
export { recordUndone, type UndoRefusal, undoSlots } from './undo'
export {
  findUnfreeze,
  findUnfreezeCode,
  passUnfreeze,
  requestUnfreezeCode,
  startUnfreeze,
  startUnfreezeByLink,
  type UnfreezePurpose,
  type UnfreezeStep,
} from './unfreeze'
export { completeUnfreeze, type Decisions, openAccount } from './unfreeze-complete'
