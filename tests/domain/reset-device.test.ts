import { beforeEach, describe, expect, it } from 'vitest'
import { blindIndexOf } from '@/lib/addresses'
import { resendCode } from '@/lib/challenges'
import { db } from '@/lib/platform/db'
import { peek } from '@/lib/platform/limit-uses'
import { done } from '@/lib/platform/result'
import { passReset, type ResetChoice, startReset } from '@/lib/recovery'
import {
  type Account,
  expectDone,
  forgetLimits,
  later,
  MINUTE,
  makeAccount,
  makeRecoverable,
  NOW,
  newOrigin,
} from '../support/accounts'
import { codesTo, newestCode, wrongCode } from '../support/outbox'
import { type Browser, enter, newBrowser } from './device-actions'
import { start, startProven } from './reset-actions'

beforeEach(() => forgetLimits())

/** An account with a recovery address, and a browser that is a known device of it. */
async function withDevice() {
  const [account, browser] = [await makeRecoverable(), newBrowser()]
  await enter(account, browser)
  await forgetLimits()
  return { account, browser }
}

const originOf = (browser: Browser) => ({ ...newOrigin(), ...browser })

const begin = (
  { email }: Account,
  browser: Browser,
  choice: ResetChoice = 'primary_phone',
  now = NOW,
) => startReset({ identifier: email, choice, locale: 'id', origin: originOf(browser), now })

const requestsAt = async ({ email }: Account, choice: ResetChoice = 'primary_phone') =>
  (await peek('resetIdentifier', `${blindIndexOf(email)}:${choice}`)).count

/** The failures that are counted at one path of an account. */
async function failuresAt({ userId: account }: Account, path: ResetChoice = 'primary_phone') {
  const rows = await db().failureCount.findMany({ where: { account, path } })
  return Object.fromEntries(
    rows.map(({ scope, failures }) => [scope.split(':')[0] ?? '', failures]),
  )
}

async function useUp({ userId: account }: Account, scope: string, failures: number) {
  const row = { account, path: 'primary_phone', scope, failures, updatedAt: NOW }
  await db().failureCount.create({ data: row })
}

describe('R26 a reset in a known device of the account', () => {
  it('is sent when strangers have used up the resets of the identifier and the codes of the address', async () => {
    const { account, browser } = await withDevice()
    const first = (await codesTo(account.phone)).length
    for (let time = 0; time < 10; time++) await startProven(account.email, 'primary_phone')
    await startProven(account.phone, 'primary_phone')
    const before = (await codesTo(account.phone)).length
    expect(before).toBe(first + 10)
    const { secret } = await expectDone(begin(account, browser))
    expect(await codesTo(account.phone)).toHaveLength(before + 1)
    const code = await newestCode(account.phone)
    expect(await passReset(secret, code, newOrigin(), NOW)).toMatchObject({ ok: true })
  })

  it('has five sends of its own for each path, resent ones too, and is a stranger’s from then on', async () => {
    const { account, browser } = await withDevice()
    const { secret } = await expectDone(begin(account, browser))
    const resent = resendCode({ secret }, 'reset_password', originOf(browser), later(MINUTE))
    expect(await resent).toEqual(done())
    for (let time = 0; time < 3; time++) await expectDone(begin(account, browser))
    expect(await requestsAt(account)).toBe(0)
    await expectDone(begin(account, browser))
    expect(await requestsAt(account)).toBe(1)
    await expectDone(begin(account, browser, 'recovery'))
    expect(await requestsAt(account, 'recovery')).toBe(0)
  })

  it('gives its network no credit that it did not use', async () => {
    const { account, browser } = await withDevice()
    const stranger = newOrigin()
    const request = { identifier: account.phone, choice: 'primary_phone', locale: 'id' } as const
    await expectDone(startReset({ ...request, origin: stranger, now: NOW }))
    const { secret } = await expectDone(begin(account, browser))
    await expectDone(passReset(secret, await newestCode(account.phone), stranger, NOW))
    expect(await peek('resetNetwork', `${stranger.ip}/32`)).toMatchObject({ count: 1 })
  })

  it('counts its wrong codes at the device, and is sent while strangers have closed the path', async () => {
    const { account, browser } = await withDevice()
    await useUp(account, 'unknown', 60)
    const { secret } = await expectDone(begin(account, browser))
    const code = await newestCode(account.phone)
    await passReset(secret, wrongCode(code), newOrigin(), NOW)
    expect(await failuresAt(account)).toEqual({ unknown: 60, device: 1, devices: 1 })
    expect(await passReset(secret, code, newOrigin(), NOW)).toMatchObject({ ok: true })
    expect(await failuresAt(account)).toEqual({ unknown: 60, devices: 0 })
  })

  it('is a stranger’s when its attempts are used up, and gets no code when theirs are, too', async () => {
    const { account, browser } = await withDevice()
    await useUp(account, 'devices', 20)
    await expectDone(begin(account, browser))
    expect(await codesTo(account.phone)).toHaveLength(1)
    await useUp(account, 'unknown', 60)
    await expectDone(begin(account, browser))
    expect(await codesTo(account.phone)).toHaveLength(1)
  })
})

describe('a reset in another browser', () => {
  it('that is a known device of another account, or no longer one, is a stranger’s', async () => {
    const { account, browser } = await withDevice()
    const [other, foreign] = [await makeAccount(), newBrowser()]
    await enter(other, foreign)
    await forgetLimits()
    await expectDone(begin(account, foreign))
    expect(await requestsAt(account)).toBe(1)
    await db().knownDevice.updateMany({
      where: { userId: account.userId },
      data: { revokedAt: NOW },
    })
    await expectDone(begin(account, browser))
    expect(await requestsAt(account)).toBe(2)
    await forgetLimits()
    await useUp(account, 'unknown', 60)
    const before = (await codesTo(account.phone)).length
    for (const ended of [foreign, browser]) await expectDone(begin(account, ended))
    await expectDone(start(account.email, 'primary_phone'))
    expect(await codesTo(account.phone)).toHaveLength(before)
  })
})
