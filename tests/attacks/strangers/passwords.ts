import { db } from '@/lib/platform/db'
import { findAccount } from '@/lib/support'
import { WRONG_PASSWORD } from '../intruder'
import type { Owner } from '../owner'
import type { AdvanceClock } from '../report'
import { gather } from './crowd'
import { askForReset, completeReset, createKnownOwner, logInRight } from './owner'
import { countSmsOf, testStrangers } from './report'

/** Log-ins that need no proof, in a quarter of an hour. */
const FREE = 5
const QUARTER_MS = 15 * 60 * 1_000
const ROUNDS = 14

/** How many wrong answers of unknown browsers a path of an account has compared. */
export async function countCompared({ at }: Owner, path: string, scope = 'unknown') {
  const account = (await findAccount(at['primary e-mail'])) ?? ''
  const counted = await db().failureCount.findFirst({ where: { account, path, scope } })
  return counted?.failures ?? 0
}

export function testWrongPasswords(advanceClock: AdvanceClock) {
  testStrangers('R08 R26', 'wrong passwords until the log-in is closed', async (report) => {
    const { owner, known } = await createKnownOwner(advanceClock)
    report.addTried(`${ROUNDS * FREE} passwords, each from a network of its own, in 4 hours`)
    const { page, newVisitor } = await gather('/login')
    const cost = await countSmsOf(async () => {
      const typed = { identifier: owner.email, password: WRONG_PASSWORD }
      for (let round = 0; round < ROUNDS; round++) {
        const crowd = Array.from({ length: FREE }, newVisitor)
        await Promise.all(crowd.map((stranger) => stranger.press(page, 'Masuk', typed)))
        await advanceClock(QUARTER_MS)
      }
    })
    report.addEnd('60 compared', await countCompared(owner, 'password'), 60)
    report.addCost(cost, 'to the owner: the notice')
    const inKnown = await logInRight(owner, known)
    report.addExperience('a known device logs in as ever', inKnown, '/profile')
    const inUnknown = await logInRight(owner)
    report.addExperience('an unknown browser does not', inUnknown, 'login_wrong')
    const reset = () => askForReset(owner.email, 'primary_phone').then(({ client }) => client)
    report.addExperience(
      'until a reset there, with a code to the number',
      await completeReset(owner, 'primary number', reset),
      '/profile',
    )
  })
}
