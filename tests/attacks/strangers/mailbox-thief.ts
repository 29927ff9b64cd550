import { newClient } from '../../support/client'
import { nextMessage, walkLogin } from '../../support/customers'
import { insertCustomer } from '../../support/fixtures'
import { inbox } from '../../support/running'
import { DAY_MS, type Owner } from '../owner'
import type { AdvanceClock } from '../report'
import { askForReset, beginByLink, createKnownOwner, enterWrongCodes, logInRight } from './owner'
import { countCompared } from './passwords'
import { countSmsOf, testStrangers } from './report'

const MINUTE_MS = 60_000

/** Links have no attempts left after four days. The last day shows that they get none back. */
const DAYS = 6
const REST_MS = 24 * DAY_MS

export function testMailboxThief(advanceClock: AdvanceClock) {
  testMonth(advanceClock)
  testPlantedCookie(advanceClock)
}

function testMonth(advanceClock: AdvanceClock) {
  testStrangers(
    'R08',
    'a thief of the primary mailbox provokes notices for a month',
    async (report) => {
      const { owner, known } = await createKnownOwner(advanceClock)
      report.addTried(
        'each day (played: 1 to 6, and 30) 5 wrong codes, and 5 on each path by the link of the notice',
      )
      const cost = await countSmsOf(async () => {
        for (let day = 0; day < DAYS; day++) {
          await attemptByNotice(owner)
          await advanceClock(DAY_MS)
        }
        await advanceClock(REST_MS)
        await attemptByNotice(owner)
      })
      const byLink = [
        await countCompared(owner, 'primary_phone', 'links'),
        await countCompared(owner, 'recovery', 'links'),
      ]
      report.addEnd('by links 20 on each path, all on the first four days', byLink, [20, 20])
      const unknown = await countCompared(owner, 'primary_phone')
      report.addEnd('without a link 5 a day, of the 60 of strangers', unknown, 35)
      report.addCost(cost, 'to the owner: codes and notices')
      report.addExperience('a known device logs in', await logInRight(owner, known), '/profile')
    },
  )
}

function testPlantedCookie(advanceClock: AdvanceClock) {
  testStrangers('', 'a planted device cookie', async (report) => {
    const { owner } = await createKnownOwner(advanceClock)
    // The SMS about devices of ten minutes are joined.
    await advanceClock(15 * MINUTE_MS)
    const thief = await walkLogin(await insertCustomer())
    const browser = newClient()
    browser.cookies.set('device', thief.cookies.get('device') ?? '')
    const place = owner.at['recovery e-mail']
    const countNotices = async () =>
      (await inbox(place)).filter(({ kind }) => kind === 'notice.new_device').length
    await nextMessage(place, 'notice.new_device')
    const before = await countNotices()
    report.addTried('the cookie of another account in the browser in which the owner logs in')
    const cost = await countSmsOf(async () => logInRight(owner, browser))
    report.addEnd('no notice is hidden', (await countNotices()) - before, 1)
    const kept = browser.cookies.get('device') === thief.cookies.get('device')
    report.addExperience('a new device is announced, and known by a secret of its own', kept, false)
    report.addCost(cost, 'to the owner: the notice')
  })
}

/** Provokes a notice in a browser, and goes on with its link, which the thief reads. */
async function attemptByNotice(owner: Owner) {
  const { client } = await askForReset(owner.email, 'primary_phone')
  await enterWrongCodes(client)
  const { text } = await nextMessage(owner.email, 'notice.attempts_used_up')
  const link = /\/reset\/link\/[\w-]+/.exec(text)?.[0] ?? ''
  for (const path of ['primary_phone', 'recovery'] as const)
    await enterWrongCodes(await beginByLink(link, path))
}
