import { describe, expect, it } from 'vitest'
import { db } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import {
  type Account,
  atOnce,
  forgetLimits,
  makeAccount,
  OTHER_PASSWORD,
} from '../support/accounts'
import { runReports } from '../support/jobs'
import { kindsTo } from '../support/outbox'
import {
  enter,
  knows,
  newBrowser,
  newDeviceNotices,
  tryLogIn,
  useUpByStrangers,
} from './device-actions'

describe('a browser in which a customer logs in', () => {
  it('is a known device from then on, and announced once', async () => {
    const [account, browser] = [await makeAccount(), newBrowser()]
    await enter(account, newBrowser())
    await enter(account, browser)
    await enter(account, browser)
    expect(await knows(account, browser)).toBe(true)
    expect(await newDeviceNotices(account)).toBe(1)
  })

  it('is no known device after a wrong password', async () => {
    const [account, browser] = [await makeAccount(), newBrowser()]
    await tryLogIn(account, browser, OTHER_PASSWORD)
    expect(await db().knownDevice.count({ where: { userId: account.userId } })).toBe(0)
  })

  it('gets a secret of its own: one that a thief planted hides no log-in and knows nothing', async () => {
    const [thief, victim] = [await makeAccount(), await makeAccount()]
    const [ofThief, ofVictim] = [newBrowser(), newBrowser()]
    await enter(thief, ofThief)
    await enter(victim, newBrowser())
    ofVictim.deviceSecrets = [...ofThief.deviceSecrets]
    await enter(victim, ofVictim)
    expect(await newDeviceNotices(victim)).toBe(1)
    expect(await knows(victim, ofThief)).toBe(false)
    expect(await knows(victim, ofVictim)).toBe(true)
  })

  it('keeps the secrets of the ten accounts that were signed in last', async () => {
    const browser = newBrowser()
    const accounts = []
    for (let time = 0; time < 11; time++) {
      const account = await makeAccount()
      await enter(account, browser)
      accounts.push(account)
    }
    expect(browser.deviceSecrets).toHaveLength(10)
    const known = await Promise.all(accounts.map((account) => knows(account, browser)))
    expect(known).toEqual([false, ...Array(10).fill(true)])
  })

  it('is known only by a hash', async () => {
    const [account, browser] = [await makeAccount(), newBrowser()]
    await enter(account, browser)
    const rows = await db().knownDevice.findMany({ where: { userId: account.userId } })
    expect(JSON.stringify(rows)).not.toContain(browser.deviceSecrets[0])
  })
})

/** The wrong passwords that are counted for the unknown browsers of an account. */
const unknownFailures = async ({ userId: account }: Account) =>
  (await db().failureCount.findFirst({ where: { account, scope: 'unknown' } }))?.failures

describe('a known device', () => {
  it('still logs in when strangers have used up the attempts of all unknown browsers', async () => {
    const [account, browser] = [await makeAccount(), newBrowser()]
    await enter(account, browser)
    await useUpByStrangers(account)
    expect(await tryLogIn(account, newBrowser())).toEqual(refuse('login_wrong'))
    expect(await tryLogIn(account, browser)).toMatchObject({ ok: true })
  })

  it('has ten attempts, then those of an unknown browser, and all again after a right one', async () => {
    const [account, browser] = [await makeAccount(), newBrowser()]
    await enter(account, browser)
    for (let time = 0; time < 9; time++) await tryLogIn(account, browser, OTHER_PASSWORD)
    await enter(account, browser)
    for (let time = 0; time < 10; time++) await tryLogIn(account, browser, OTHER_PASSWORD)
    await tryLogIn(account, browser, OTHER_PASSWORD)
    expect(await unknownFailures(account)).toBe(1)
    await enter(account, browser)
    expect(await unknownFailures(account)).toBeUndefined()
    await useUpByStrangers(account)
    expect(await tryLogIn(account, browser)).toEqual(refuse('login_wrong'))
    await runReports()
  })

  it('needs no proof when strangers have made one necessary', async () => {
    const [account, browser] = [await makeAccount(), newBrowser()]
    await enter(account, browser)
    for (let time = 0; time < 5; time++) await tryLogIn(account, newBrowser(), OTHER_PASSWORD)
    expect(await tryLogIn(account, newBrowser())).toMatchObject({ refusal: 'proof_needed' })
    expect(await tryLogIn(account, browser)).toMatchObject({ ok: true })
  })

  it('of one account is an unknown browser of another', async () => {
    const [account, other, browser] = [await makeAccount(), await makeAccount(), newBrowser()]
    await enter(other, browser)
    await useUpByStrangers(account)
    expect(await tryLogIn(account, browser)).toEqual(refuse('login_wrong'))
  })

  it('is one device when all its ten attempts log in at the same moment', async () => {
    const [account, browser] = [await makeAccount(), newBrowser()]
    await enter(account, browser)
    const outcomes = await atOnce(10, () => tryLogIn(account, browser))
    expect(outcomes.every(({ ok }) => ok)).toBe(true)
    expect(await db().knownDevice.count({ where: { userId: account.userId } })).toBe(1)
  })
})

describe('wrong passwords in a row', () => {
  const passwordNotices = async ({ phone }: Account) =>
    (await kindsTo(phone)).filter((kind) => kind === 'notice.attempts_used_up').length

  it('are told to the owner after the tenth, once a day', async () => {
    const account = await makeAccount()
    const failTimes = async (times: number) => {
      for (let time = 0; time < times; time++) {
        await forgetLimits('login%')
        await tryLogIn(account, newBrowser(), OTHER_PASSWORD)
      }
      await runReports()
    }
    await failTimes(9)
    expect(await passwordNotices(account)).toBe(0)
    await failTimes(1)
    expect(await passwordNotices(account)).toBe(1)
    await failTimes(11)
    expect(await passwordNotices(account)).toBe(1)
  })
})
