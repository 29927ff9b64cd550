import { describe, expect, it } from 'vitest'
import {
  changePassword,
  endOtherSessions,
  endOwnSession,
  findDevices,
  forgetBrowser,
  listSessions,
  replacePassword,
} from '@/lib/accounts'
import { db, transaction } from '@/lib/platform/db'
import {
  expectDone,
  forgetLimits,
  makeAccount,
  NOW,
  newOrigin,
  OTHER_PASSWORD,
  PASSWORD,
} from '../support/accounts'
import { type Browser, enter, knows, newBrowser } from './device-actions'
import { complete, passedReset } from './reset-actions'

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
        provenBy: [],
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

  it('and stays one of two accounts when the password of either is changed in it', async () => {
    const [one, two, browser] = [await makeAccount(), await makeAccount(), newBrowser()]
    for (const account of [one, two]) await enter(account, browser)
    for (const { userId } of [one, two]) {
      const change = { userId, current: PASSWORD, next: OTHER_PASSWORD }
      await expectDone(
        changePassword({ ...change, origin: { ...newOrigin(), ...browser }, now: NOW }),
      )
    }
    expect([await knows(one, browser), await knows(two, browser)]).toEqual([true, true])
  })

  it('for every account when the browser is forgotten, and no other browser with it', async () => {
    const [one, two] = [await makeAccount(), await makeAccount()]
    const [browser, other] = [newBrowser(), newBrowser()]
    for (const account of [one, two]) await enter(account, browser)
    await enter(one, other)
    await forgetBrowser({ ...newOrigin(), ...browser }, NOW)
    expect([await knows(one, browser), await knows(two, browser)]).toEqual([false, false])
    expect(await knows(one, other)).toBe(true)
    await forgetBrowser(newOrigin(), NOW)
    expect(await knows(one, other)).toBe(true)
  })

  it('and leaves the cookie at the next log-in', async () => {
    const [one, two, browser] = [await makeAccount(), await makeAccount(), newBrowser()]
    for (const account of [one, two]) await enter(account, browser)
    const [ended, kept] = browser.deviceSecrets
    await db().knownDevice.updateMany({ where: { userId: one.userId }, data: { revokedAt: NOW } })
    await enter(two, browser)
    expect(browser.deviceSecrets).toEqual([kept])
    await enter(one, browser)
    expect(browser.deviceSecrets).toEqual([kept, expect.any(String)])
    expect(browser.deviceSecrets).not.toContain(ended)
  })
})
