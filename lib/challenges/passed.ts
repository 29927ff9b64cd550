import { type HeldAddress, listingOf, toHeld } from '@/lib/addresses'
import { hashSecret } from '@/lib/platform/crypto'
import { readTogether } from '@/lib/platform/sql'
import { statement } from '@/lib/platform/statement'
import type { Purpose } from '@/prisma/client/enums'
import type { ChallengeModel } from '@/prisma/client/models'
import { CHALLENGE, liveAt } from './store'

/** A challenge that was passed, with the name and the addresses of its account. */
export type Passed = {
  challenge: ChallengeModel & { userId: string }
  name: string
  held: HeldAddress[]
}

const OF_PASSED = `from "Challenge" where "secretHash" = $1 and purpose = $2::"Purpose"
    and "userId" is not null and "passedAt" is not null and ${liveAt('$3')}`

/**
 * The live challenge of a browser that was passed, and its account; null when there is none. The
 * statements share a round trip, and are the same for a decoy.
 */
export async function findPassed(
  secret: string,
  purpose: Purpose,
  now: Date,
): Promise<Passed | null> {
  const of = [hashSecret(secret), purpose, now]
  const [[found], addresses] = await readTogether((sql) =>
    Promise.all([sql.run(FIND_PASSED, of), sql.run(LIST_OF_PASSED, of)]),
  )
  if (!found) return null
  const { name, ...challenge } = found
  return { challenge, name, held: addresses.map(toHeld) }
}

const FIND_PASSED = statement<Passed['challenge'] & { name: string }>(
  'find_passed_challenge',
  `select ${CHALLENGE}, (select name from "User" where "User".id = "Challenge"."userId") as name ${OF_PASSED}`,
)

const LIST_OF_PASSED = listingOf('list_addresses_of_passed', `(select "userId" ${OF_PASSED})`)
