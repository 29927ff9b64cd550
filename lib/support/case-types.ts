import type { ActivityEntry } from '@/lib/activity'
import type { RecoveryMethod } from '@/lib/contacts'
import type { DeliveryStatus, FailureClass } from '@/lib/messaging'
import type { Device } from '@/lib/platform/user-agent'
import type { SavedCodeState, SlotName } from '@/lib/recovery'
import type { CallerWordKind, CaseActionType, Channel } from '@/prisma/client/enums'
import type { ActionState } from './action-state'

/** By what an account was frozen. */
export type FrozenBy = 'own_link' | 'profile' | 'care'

/**
 * A slot of the account. `present` and `earlier` are masks; it is disputed when its address changed in
 * the seven days before the freeze (or before now), and `earlier` is what an undo puts back.
 * `addressId` names the present address in `sendWord` and in the actions `release_address` and
 * `trust_number`.
 */
export type CaseWay = {
  slot: SlotName
  state: RecoveryMethod['state']
  addressId: string | null
  present: string | null
  earlier: string | null
  isDisputed: boolean
  isConfirmed: boolean
  addedAt: Date | null
  lastVerifiedAt: Date | null
}

/**
 * An event of the account. `country`: ISO code. `isResendable`: `resend_notice` accepts its reference.
 */
export type CaseEvent = Pick<
  ActivityEntry,
  'type' | 'at' | 'reference' | 'about' | 'previous' | 'what' | 'notices'
> & { device: Device | undefined; country: string | undefined; isResendable: boolean }

/** A message of the last seven days. `kind` as in the outbox: `code.<purpose>`, `notice.<event>`, … */
export type CaseMessage = {
  at: Date
  channel: Channel
  kind: string
  /** Null for a message that had no recipient. */
  mask: string | null
  state: DeliveryStatus
  failure: FailureClass | undefined
}

/**
 * A word of the case. `mask`: where it was sent; null for one from the profile of the signed-in
 * customer.
 */
export type CaseWord = {
  kind: CallerWordKind
  mask: string | null
  by: string | null
  createdAt: Date
  expiresAt: Date
  attemptsLeft: number
  passedAt: Date | null
  /** Until when a passed word counts for the case. */
  countsUntil: Date | null
}

/** An action of this case or of an earlier one of the account. */
export type CaseActionView = {
  actionId: string
  caseNumber: string
  type: CaseActionType
  state: ActionState
  reason: string
  ticket: string
  requestedBy: { staffId: string; name: string }
  requestedAt: Date
  expiresAt: Date
  approvalsNeeded: number
  approvals: { staffId: string; name: string; at: Date }[]
  /** The mask of the address whose owner read out the word; null without a proof. */
  provenBy: string | null
  dueAt: Date | null
  endedAt: Date | null
  outcome: string | null
}

/**
 * Wrong answers in a row at a path: `password`, `primary_phone`, `recovery` or the purpose of a signed-in
 * customer's code. `scope`: of unknown browsers, the signed-in customer, all known devices or all links.
 */
export type CaseAttempts = {
  path: string
  scope: 'unknown' | 'session' | 'devices' | 'links'
  used: number
  of: number
  isUsedUp: boolean
}

/** What is limited now, and until when. */
export type CaseLimits = {
  attempts: CaseAttempts[]
  /**
   * Until when the account sends no code, and for which of them: a reset, the customer's own, an
   * unfreeze.
   */
  codes: { of: 'reset' | 'own' | 'unfreeze' | 'release'; until: Date }[]
}

/** What keeps a customer out. `until`: when it ends by itself. */
export type StuckReason =
  | { reason: 'unfreeze_vetoed' }
  | { reason: 'unfreeze_waits'; until: Date }
  | { reason: 'number_recycled' }
  | { reason: 'frozen_can_open_alone' }
  | { reason: 'frozen_needs_two_people' }
  | { reason: 'erasure_pending'; until: Date }
  | { reason: 'attempts_used_up' }
  | { reason: 'codes_limited'; until: Date }
  | { reason: 'messages_failing' }
  | { reason: 'restricted_until'; until: Date }
  | { reason: 'no_second_proven_address' }
  | { reason: 'nothing_wrong' }

/** The one step to propose first. */
export type NextStep =
  | 'prove_by_other_address'
  | 'wait_for_unfreeze'
  | 'open_alone'
  | 'prove_and_ask_unfreeze'
  | 'cancel_erasure_in_profile'
  | 'ask_restore_attempts'
  | 'wait_for_codes'
  | 'use_other_address'
  | 'wait_for_restriction'
  | 'add_recovery_address'
  | 'ask_trust_number'
  | 'explain_reset'

export type Stuck = { reasons: StuckReason[]; next: NextStep }

/** What the page of a case shows: masks, times, references and words. */
export type CaseView = {
  number: string
  openedAt: Date
  openedBy: string
  reason: string
  language: string
  frozen: { at: Date; by: FrozenBy; reference: string | undefined } | null
  restrictedUntil: Date | null
  eraseAt: Date | null
  ways: CaseWay[]
  /** Whether there is a saved code, never the code. */
  savedCode: SavedCodeState
  events: CaseEvent[]
  messages: CaseMessage[]
  words: CaseWord[]
  actions: CaseActionView[]
  /** The masks of the addresses that vetoed an unfreeze since the account was frozen. */
  vetoes: string[]
  limits: CaseLimits
  stuck: Stuck
}
