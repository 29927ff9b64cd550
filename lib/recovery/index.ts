export {
  type FreezeOutlook,
  freezeAccount,
  freezeByLink,
  freezeOwnAccount,
  listConcerned,
  readFreezeOutlook,
} from './freeze'
export { releaseDue, startReleases } from './held-due'
export {
  findHeldPassword,
  findReleaseStep,
  type HeldView,
  releaseByCode,
  requestRelease,
} from './held-release'
export { findHoldLink, type HoldLink, vetoHeld, vetoOwnHeld } from './held-veto'
export type { ProofName } from './proofs'
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
export {
  findSavedCodeStep,
  makeSavedCode,
  readSavedCodeState,
  requestSavedCode,
  type SavedCodeState,
} from './saved-code'
export { endRestoredCodes } from './saved-code-use'
export { recordUndone, type UndoRefusal, undoSlots } from './undo'
export {
  findUnfreeze,
  findUnfreezeCode,
  passUnfreeze,
  requestUnfreezeCode,
  type UnfreezePurpose,
  type UnfreezeStep,
} from './unfreeze'
export { completeUnfreeze, type Decisions, openAccount } from './unfreeze-complete'
export { startUnfreeze, startUnfreezeByLink } from './unfreeze-start'
export { type EndedAction, endWaitingActions, recordEnded } from './waiting-actions'
