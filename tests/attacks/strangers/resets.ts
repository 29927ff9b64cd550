import { DAY_MS, type Owner } from '../owner'
import type { AdvanceClock } from '../report'
import {
  askForReset,
  codesAt,
  createKnownOwner,
  enterWrongCodes,
  insist,
  resetByLink,
  resetLinkOf,
  sendAgain,
} from './owner'
import { countCompared } from './passwords'
import { countSmsOf, type Report, testStrangers } from './report'

const QUARTER_MS = 15 * 60 * 1_000
const PATHS = ['primary_phone', 'recovery'] as const
/** Requests that need no proof, of one identifier and path in a day. */
const FREE = 3

async function countCodes(owner: Owner) {
  const places = ['primary number', 'recovery e-mail'] as const
  return (await Promise.all(places.map((place) => codesAt(owner, place)))).map(
    (some) => some.length,
  )
}

async function addWayInByLink(report: Report, owner: Owner) {
  report.addExperience(
    'the link in the notice at the recovery e-mail leads to a new password',
    await resetByLink(owner, await resetLinkOf(owner)),
    '/profile',
  )
}

export function testResetLockouts(advanceClock: AdvanceClock) {
  testAllResets(advanceClock)
  testCodesSentAgain(advanceClock)
  testWrongCodes(advanceClock)
}

function testAllResets(advanceClock: AdvanceClock) {
  testStrangers('R26', 'all resets of an e-mail, the proofs waited out', async (report) => {
    const { owner } = await createKnownOwner(advanceClock)
    report.addTried('12 resets on each path')
    const letIn: number[] = []
    const cost = await countSmsOf(async () => {
      for (const path of PATHS) letIn.push(await exhaust(owner, path, advanceClock))
    })
    report.addEnd('10 resets on each path', letIn, [10, 10])
    report.addCost(cost, 'to the owner: 10 codes and the notice')
    const { end } = await askForReset(owner.email, 'recovery')
    report.addExperience('an unknown browser has to wait for a day', end, 'send_throttled')
    await addWayInByLink(report, owner)
  })
}

function testCodesSentAgain(advanceClock: AdvanceClock) {
  testStrangers(
    'R26',
    'all codes of an account, by both identifiers, sent again',
    async (report) => {
      const { owner, known } = await createKnownOwner(advanceClock)
      report.addTried(
        'one reset of the e-mail and one of the number on each path, each code 6 times',
      )
      const cost = await countSmsOf(async () => {
        for (const path of PATHS)
          for (const identifier of [owner.email, owner.phone]) {
            const { client } = await askForReset(identifier, path)
            await sendAgain(client, 5, advanceClock)
          }
      })
      report.addEnd('10 codes on each path', await countCodes(owner), [10, 10])
      report.addCost(cost, 'to the owner: 10 codes and the notice')
      await askForReset(owner.phone, 'recovery')
      report.addExperience('an unknown browser gets no code', await nextCodes(owner), [10, 10])
      await askForReset(owner.phone, 'primary_phone', known)
      report.addExperience('a known device gets one', (await nextCodes(owner))[0], 11)
      await addWayInByLink(report, owner)
    },
  )
}

function testWrongCodes(advanceClock: AdvanceClock) {
  testStrangers('R08 R26', 'wrong codes on both paths, until they are closed', async (report) => {
    const { owner, known } = await createKnownOwner(advanceClock)
    report.addTried('65 wrong codes on each path, in three days')
    const cost = await countSmsOf(async () => {
      for (let day = 0; day < 3; day++) {
        await Promise.all(PATHS.map((path) => enterAllDay(owner, path, day < 2 ? FREE : 1)))
        // A notice is due a day after the one before, and this takes a moment.
        await advanceClock(DAY_MS + QUARTER_MS)
      }
    })
    const compared = await Promise.all(PATHS.map((path) => countCompared(owner, path)))
    report.addEnd('60 compared on each path', compared, [60, 60])
    report.addCost(cost, 'to the owner: 12 codes and a notice a day')
    const before = await countCodes(owner)
    await askForReset(owner.email, 'recovery')
    report.addExperience('an unknown browser gets no code', await nextCodes(owner), before)
    await askForReset(owner.phone, 'primary_phone', known)
    const [sms = 0] = before
    report.addExperience('a known device gets one', (await nextCodes(owner))[0], sms + 1)
    await addWayInByLink(report, owner)
  })
}

/** The codes that the owner has received, once the worker has sent everything. */
async function nextCodes(owner: Owner) {
  await countSmsOf(async () => {})
  return countCodes(owner)
}

async function exhaust({ email }: Owner, path: (typeof PATHS)[number], advanceClock: AdvanceClock) {
  let letIn = 0
  for (let time = 0; time < 12; time++)
    if (await insist('/reset', 'Kirim kode', { identifier: email, choice: path }, advanceClock))
      letIn++
  return letIn
}

/** Five wrong codes at each reset that needs no proof, of both identifiers. */
async function enterAllDay({ email, phone }: Owner, path: (typeof PATHS)[number], resets: number) {
  for (let time = 0; time < resets; time++)
    for (const identifier of resets === 1 ? [email] : [email, phone]) {
      const { client } = await askForReset(identifier, path)
      await enterWrongCodes(client)
    }
}
