import { measureHostile } from './measure'
import { formatHostileReport } from './report'

/**
 * Measures what hostile requests cost: long values in every field, unfinished bodies, and half-open
 * connections.
 */
export async function measure() {
  const figures = await measureHostile()
  return { report: formatHostileReport(figures), figures }
}
