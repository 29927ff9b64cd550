import { describe, expect, it } from 'vitest'
import {
  changePassword,
  endOtherSessions,
  endOwnSession,
  findDevices,
  forgetBrowser,
  listSessions,
  logIn,
  replacePassword,
} from '@/lib/accounts'
import { db, transaction } from '@/lib/platform/db'
import { refuse } from '@/lib/platform/result'
import {
  type Account,
  atOnce,
  expectDone,
  forgetLimits,
  makeAccount,
  NOW,
  newOrigin,
  OTHER_PASSWORD,
  PASSWORD,
} from '../support/accounts'
import { runReports } from '../support/jobs'
import { kindsTo } from '../support/outbox'
import { complete, passedReset } from './reset-actions'

/** A browser: the secrets of its device cookie. */
type Browser = { deviceSecrets: string[] }
const newBrowser = (): Browser => ({ deviceSecrets: [] })

const tryLogIn = ({ email }: Account, browser: Browser, password = PASSWORD) =>
  logIn({
    identifier: email.value,
    password,
    origin: { ...newOrigin(), ...browser },
    now: NOW,
  })

/** Logs in and keeps the cookie, as a browser does. */
async function enter(account: Account, browser: Browser) {
  const outcome = await expectDone(tryLogIn(account, browser))
  if (!('session' in outcome)) throw new Error('the account is frozen')
  browser.deviceSecrets = outcome.deviceSecrets
  return outcome.session
}

/** Whether the browser is a known device of the account. */
async function knows({ userId }: Account, { deviceSecrets }: Browser) {
  const devices = await findDevices(db(), { ...newOrigin(), deviceSecrets })
  return devices.some((device) => device.userId === userId)
}

const newDeviceNotices = async ({ email }: Account) =>
  (await kindsTo(email)).filter((kind) => kind === 'notice.new_device').length

/** Fails until the account's attempts for unknown browsers are used up. */
async function useUpByStrangers(account: Account) {
  await db().failureCount.create({
    data: {
      account: account.userId,
      path: 'password',
      scope: 'unknown',
      failures: 60,
      updatedAt: NOW,
    },
  })
}

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

describe('a known device', () => {
  it('still logs in when strangers have used up the attempts of all unknown browsers', async () => {
    const [account, browser] = [await makeAccount(), newBrowser()]
    await enter(account, browser)
    await useUpByStrangers(account)
    expect(await tryLogIn(account, newBrowser())).toEqual(refuse('login_wrong'))
    expect(await tryLogIn(account, browser)).toMatchObject({ ok: true })
  })

  it('has ten attempts, then counts as an unknown browser, and all again after a right one', async () => {
    const [account, browser] = [await makeAccount(), newBrowser()]
    await enter(account, browser)
    for (let time = 0; time < 9; time++) await tryLogIn(account, browser, OTHER_PASSWORD)
    await enter(account, browser)
    for (let time = 0; time < 10; time++) await tryLogIn(account, browser, OTHER_PASSWORD)
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

  it('is one device when twenty log-ins from it come at the same moment', async () => {
    const [account, browser] = [await makeAccount(), newBrowser()]
    await enter(account, browser)
    const outcomes = await atOnce(20, () => tryLogIn(account, browser))
    expect(outcomes.every(({ ok }) => ok)).toBe(true)
    expect(await db().knownDevice.count({ where: { userId: account.userId } })).toBe(1)
  })
})

describe('a known device ends', () => {
  async function twoDevices() {
    const [account, own, other] = [await makeAccount(), newBrowser(), newBrowser()]
    await enter(account, own)
    const opened = await enter(account, other)
    const sessions = await listSessions(account.userId, NOW)
    return { account, own, other, opened, sessions }
  }

  it('when its session is ended from another one, and no other', async () => {
    const { account, own, other } = await twoDevices()
    const third = newBrowser()
    await enter(account, third)
    const rows = await db().session.findMany({
      where: { userId: account.userId },
      orderBy: { createdAt: 'asc' },
    })
    const hashOf = async ({ deviceSecrets }: Browser) =>
      (await findDevices(db(), { ...newOrigin(), deviceSecrets }))[0]?.secretHash
    const [present, ended] = [await hashOf(own), await hashOf(other)]
    const idOf = (device: string | undefined) => rows.find((row) => row.device === device)?.id ?? ''
    const caller = {
      userId: account.userId,
      sessionId: idOf(present),
      origin: newOrigin(),
      now: NOW,
    }
    await endOwnSession(caller, idOf(ended))
    expect([
      await knows(account, own),
      await knows(account, other),
      await knows(account, third),
    ]).toEqual([true, false, true])
    await endOtherSessions(caller)
    expect([await knows(account, own), await knows(account, third)]).toEqual([true, false])
  })

  it('with every other after a reset', async () => {
    const { account, own, other } = await twoDevices()
    await forgetLimits()
    await expectDone(complete(await passedReset(account)))
    expect([await knows(account, own), await knows(account, other)]).toEqual([false, false])
  })

  it('when the account is unfrozen, and every path is open again', async () => {
    const { account, own } = await twoDevices()
    for (const path of ['password', 'primary_phone', 'recovery'])
      await db().failureCount.create({
        data: { account: account.userId, path, scope: 'unknown', failures: 60, updatedAt: NOW },
      })
    await transaction((tx) =>
      replacePassword(tx, {
        userId: account.userId,
        passwordHash: account.passwordHash,
        type: 'unfrozen',
        origin: newOrigin(),
        now: NOW,
      }),
    )
    expect(await knows(account, own)).toBe(false)
    expect(await db().failureCount.count({ where: { account: account.userId } })).toBe(0)
  })

  it('after a change of the password in another browser, which stays one', async () => {
    const { account, own, other } = await twoDevices()
    const origin = { ...newOrigin(), ...own }
    const change = { userId: account.userId, current: PASSWORD, next: OTHER_PASSWORD }
    await expectDone(changePassword({ ...change, origin, now: NOW }))
    expect([await knows(account, own), await knows(account, other)]).toEqual([true, false])
  })

  it('for every account when the browser is forgotten', async () => {
    const [one, two, browser] = [await makeAccount(), await makeAccount(), newBrowser()]
    await enter(one, browser)
    await enter(two, browser)
    await forgetBrowser({ ...newOrigin(), ...browser }, NOW)
    expect([await knows(one, browser), await knows(two, browser)]).toEqual([false, false])
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
