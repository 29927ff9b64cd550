import { median } from '@/bench/support/figures'
import { audit } from './audit'
import type { View } from './views'

/** How much slower its phone is than the machine it runs on, unless Lighthouse is told otherwise. */
export const DEFAULT_SLOWDOWN = 4

/** What it expects of that machine by its own benchmark: 1 500 to 2 000, a fast laptop. */
export const EXPECTED_INDEX = 1_750

const LOOKS = 3

/**
 * How much slower that same phone is than this machine. Lighthouse asks for this on a machine that is weaker than the one it
 * expects (its docs/throttling.md): four times slower than a slow processor is a phone that nobody has.
 */
export async function calibrate(view: View, port: number) {
  const indices: number[] = []
  for (let look = 0; look < LOOKS; look++) indices.push((await audit(view, port, DEFAULT_SLOWDOWN)).benchmarkIndex)
  const index = median(indices)
  return { index, slowdown: Math.max(1, Math.round((index / EXPECTED_INDEX) * DEFAULT_SLOWDOWN * 10) / 10) }
}
