import type { LoginOutcome, OpenedSession } from '@/lib/accounts'
import type { Result } from '@/lib/platform/result'

/** The value of an outcome. Throws when it is a refusal. */
export async function expectDone<Value>(
  outcome: Promise<{ ok: true; value: Value } | { ok: false; refusal: string }>,
): Promise<Value> {
  const settled = await outcome
  if (!settled.ok) throw new Error(`refused: ${settled.refusal}`)
  return settled.value
}

/** The session that a login opened. */
export async function expectSession(
  login: Promise<Result<LoginOutcome, string>>,
): Promise<OpenedSession> {
  const entry = await expectDone(login)
  if (!('session' in entry)) throw new Error('the account is frozen')
  return entry.session
}

/** Runs `work` this many times concurrently. */
export const atOnce = <Value>(
  times: number,
  work: (index: number) => Promise<Value>,
): Promise<Value[]> => Promise.all(Array.from({ length: times }, (_, index) => work(index)))

/** Counts the outcomes by refusal: `{ done: 1, code_wrong: 4 }`. */
export function countOutcomes(
  outcomes: readonly ({ ok: true } | { ok: false; refusal: string })[],
) {
  const counts: Record<string, number> = {}
  for (const outcome of outcomes) {
    const word = outcome.ok ? 'done' : outcome.refusal
    counts[word] = (counts[word] ?? 0) + 1
  }
  return counts
}
