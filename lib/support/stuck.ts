import type { CaseView, CaseWay, NextStep, Stuck, StuckReason } from './case-types'

type Seen = Pick<
  CaseView,
  'frozen' | 'restrictedUntil' | 'eraseAt' | 'ways' | 'messages' | 'actions' | 'vetoes' | 'limits'
> & { opensAlone: boolean }

const STEPS: Record<StuckReason['reason'], NextStep> = {
  unfreeze_vetoed: 'prove_by_other_address',
  unfreeze_waits: 'wait_for_unfreeze',
  frozen_can_open_alone: 'open_alone',
  frozen_needs_two_people: 'prove_and_ask_unfreeze',
  erasure_pending: 'cancel_erasure_in_profile',
  attempts_used_up: 'ask_restore_attempts',
  codes_limited: 'wait_for_codes',
  number_recycled: 'ask_trust_number',
  messages_failing: 'use_other_address',
  restricted_until: 'wait_for_restriction',
  no_second_proven_address: 'add_recovery_address',
  nothing_wrong: 'explain_reset',
}

/** So many of the latest messages to one address, all failed, mean that it does not get them. */
const FAILED_IN_A_ROW = 2

/**
 * Why a customer may be stuck, by what the case shows, the most pressing reason first, and the step that
 * it suggests. Pure.
 */
export function judgeStuck(seen: Seen): Stuck {
  const reasons = [
    ...whyFrozen(seen),
    ...(seen.eraseAt ? [{ reason: 'erasure_pending', until: seen.eraseAt } as const] : []),
    ...(seen.limits.attempts.some(keepsOut) ? [{ reason: 'attempts_used_up' } as const] : []),
    ...whyNoCode(seen),
    ...(seen.restrictedUntil
      ? [{ reason: 'restricted_until', until: seen.restrictedUntil } as const]
      : []),
    ...(hasSecond(seen.ways) ? [] : [{ reason: 'no_second_proven_address' } as const]),
  ]
  const [first = { reason: 'nothing_wrong' } as const] = reasons
  return { reasons: [first, ...reasons.slice(1)], next: STEPS[first.reason] }
}

function whyFrozen({ frozen, opensAlone, actions, vetoes }: Seen): StuckReason[] {
  if (!frozen) return []
  const waiting = actions.find(({ type, state }) => type === 'unfreeze' && state === 'waiting')
  if (waiting?.dueAt) return [{ reason: 'unfreeze_waits', until: waiting.dueAt }]
  if (opensAlone) return [{ reason: 'frozen_can_open_alone' }]
  return [{ reason: vetoes.length > 0 ? 'unfreeze_vetoed' : 'frozen_needs_two_people' }]
}

/** Known devices and links have attempts of their own, which others leave as they are. */
const keepsOut = ({ scope, isUsedUp }: CaseView['limits']['attempts'][number]) =>
  isUsedUp && (scope === 'unknown' || scope === 'session')

function whyNoCode({ frozen, limits, messages, ways }: Seen): StuckReason[] {
  const held = limits.codes.filter(({ of }) => (of === 'unfreeze') === (frozen !== null))
  const until = Math.max(0, ...held.map((one) => one.until.getTime()))
  return [
    ...(until > 0 ? [{ reason: 'codes_limited', until: new Date(until) } as const] : []),
    ...(ways.some(({ state }) => state === 'recycled')
      ? [{ reason: 'number_recycled' } as const]
      : []),
    ...(isFailing(messages) ? [{ reason: 'messages_failing' } as const] : []),
  ]
}

/** The newest message comes first. */
function isFailing(messages: Seen['messages']) {
  const masks = new Set(messages.flatMap(({ mask }) => mask ?? []))
  return [...masks].some((mask) => {
    const latest = messages.filter((one) => one.mask === mask).slice(0, FAILED_IN_A_ROW)
    return latest.length === FAILED_IN_A_ROW && latest.every(({ state }) => state === 'failed')
  })
}

/** Whether a reset has another way than the number. */
const hasSecond = (ways: readonly CaseWay[]) =>
  ways.some(
    ({ slot, state }) => slot.startsWith('recovery') && (state === 'ready' || state === 'stale'),
  )
