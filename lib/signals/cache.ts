import type { SignalAnswer } from './provider'

const LIMITS = {
  ageMs: 10 * 60_000,
  /** About 2 MB. The oldest entries make room. */
  entries: 10_000,
} as const

type Known = Exclude<SignalAnswer, 'unknown'>

/** The answers of the last ten minutes. Their keys hold no number in clear. */
export function createCache() {
  const entries = new Map<string, { answer: Known; at: number }>()
  return {
    /** The answer of a key, if it is young enough. */
    find(key: string, now: Date): Known | undefined {
      const entry = entries.get(key)
      if (!entry) return undefined
      const age = now.getTime() - entry.at
      return age >= 0 && age < LIMITS.ageMs ? entry.answer : undefined
    },

    /** Keeps an answer; `unknown` is not kept. */
    keep(key: string, answer: SignalAnswer, now: Date): void {
      if (answer === 'unknown') return
      entries.delete(key)
      entries.set(key, { answer, at: now.getTime() })
      const [oldest] = entries.keys()
      if (entries.size > LIMITS.entries && oldest !== undefined) entries.delete(oldest)
    },
  }
}
