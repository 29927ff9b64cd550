export { freezeAccount, freezeByLink, freezeOwnAccount } from './freeze'
export { completeReset, passReset, type ResetChoice, resetIdentifier, startReset } from './reset'
export { findLiftStep, findRestriction, liftRestriction, requestLift } from './restriction'
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
