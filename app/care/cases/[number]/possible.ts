import type { CaseView, CaseWay } from '@/lib/support'
import { REQUESTS, type RequestType } from './request-form'

/**
 * The actions that the state of the account permits, in the order of the page, and whether one is
 * asked for already. `lib/support` judges each request again.
 */
export function listPossible(view: CaseView): { type: RequestType; isOpen: boolean }[] {
  const open = view.actions.filter(({ state }) => state !== 'ended').map(({ type }) => type)
  return REQUESTS.filter((type) => isPossible(type, view)).map((type) => ({
    type,
    isOpen: open.includes(type),
  }))
}

function isPossible(type: RequestType, { frozen, limits, ways, events }: CaseView): boolean {
  switch (type) {
    case 'freeze':
      return !frozen
    case 'unfreeze':
      return frozen !== null
    case 'restore_attempts':
      return limits.attempts.length > 0
    case 'release_address':
      return !frozen && ways.some(isReleasable)
    case 'trust_number':
      return !frozen && ways.some(isRecycled)
    case 'resend_notice':
      return events.some(({ isResendable }) => isResendable)
    default:
      return type satisfies never
  }
}

/** Whether the operator says that a number belongs to somebody else. */
export const isRecycled = ({ state }: CaseWay): boolean => state === 'recycled'

/** Whether an address was never verified, and is not the number that the account logs in with. */
export const isReleasable = ({ slot, addressId, isConfirmed }: CaseWay): boolean =>
  addressId !== null && !isConfirmed && slot !== 'primary_phone'
