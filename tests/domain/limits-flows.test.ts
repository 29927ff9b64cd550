import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { logIn } from '@/lib/accounts'
import type { AnyAddress } from '@/lib/addresses'
import { resendCode } from '@/lib/challenges'
import { requestRecoveryAddress } from '@/lib/contacts'
import { refuse } from '@/lib/platform/result'
import { completeReset, passReset } from '@/lib/recovery'
import {
  type Account,
  callerOf,
  expectDone,
  forgetLimits,
  later,
  MINUTE,
  makeAccount,
  makeRecoverable,
  NOW,
  newEmail,
  newOrigin,
  newPhone,
  OTHER_PASSWORD,
  PASSWORD,
} from '../support/accounts'
import { codesTo, newestCode } from '../support/outbox'
import { start, stateOf } from './reset-actions'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }))
afterEach(() => void vi.useRealTimers())

/** A stranger begins a reset and requests resends until one is refused. */
async function flood(identifier: AnyAddress) {
  const { secret } = await expectDone(start(identifier, 'recovery'))
  for (let minute = 1; minute < 5; minute++)
    await expectDone(resendCode({ secret }, 'reset_password', newOrigin(), later(minute * MINUTE)))
}

describe('R25 an address receives at most five codes in ten minutes', () => {
  it('over all identifiers of resets, resends included', async () => {
    const account = await makeRecoverable()
    vi.setSystemTime(later(10 * MINUTE))
    const before = (await codesTo(account.recovery)).length
    await flood(account.email)
    await flood(account.phone)
    expect(await codesTo(account.recovery)).toHaveLength(before + 5)
  })

  it('and the last code that was sent stays right after further requests by another identifier', async () => {
    const account = await makeRecoverable()
    await forgetLimits()
    const secrets: string[] = []
    for (const identifier of [account.email, account.phone])
      for (let time = 0; time < 5; time++)
        secrets.push((await expectDone(start(identifier, 'recovery'))).secret)
    const code = await newestCode(account.recovery)
    expect(await passReset(secrets[4] ?? '', code, newOrigin(), NOW)).toMatchObject({ ok: true })
    expect(await passReset(secrets[9] ?? '', code, newOrigin(), NOW)).toEqual(refuse('code_wrong'))
  })
})

describe('a customer whose resets strangers request too often', () => {
  const floodOwner = async (account: Account) => {
    for (let time = 0; time < 6; time++) await start(account.email, 'primary_phone')
  }

  it('R26 still logs in', async () => {
    const account = await makeAccount()
    await floodOwner(account)
    const login = {
      identifier: account.email.value,
      password: PASSWORD,
      origin: newOrigin(),
      now: NOW,
    }
    expect(await logIn(login)).toMatchObject({ ok: true })
  })

  it('R27 finds nothing changed', async () => {
    const account = await makeAccount()
    const { user, sessions, events } = await stateOf(account)
    await floodOwner(account)
    expect(await stateOf(account)).toMatchObject({ user, sessions, events })
  })

  it('completes a reset that began before', async () => {
    const account = await makeAccount()
    const { secret } = await expectDone(start(account.email, 'primary_phone'))
    const code = await newestCode(account.phone)
    await floodOwner(account)
    const passed = await expectDone(passReset(secret, code, newOrigin(), NOW))
    expect(
      await completeReset({ ...passed, password: OTHER_PASSWORD, origin: newOrigin(), now: NOW }),
    ).toMatchObject({
      ok: true,
    })
  })
})

describe('a throttled send', () => {
  it('is refused at the same count for a known and an unknown account', async () => {
    const known = await makeAccount()
    const refusals = async (identifier: AnyAddress) => {
      const outcomes = []
      for (let time = 0; time < 7; time++) outcomes.push(await start(identifier, 'primary_phone'))
      return outcomes.map((outcome) => (outcome.ok ? 'sent' : outcome))
    }
    const ofKnown = await refusals(known.email)
    expect(ofKnown).toEqual([
      ...Array(5).fill('sent'),
      ...Array(2).fill(refuse('send_throttled', 600)),
    ])
    expect(await refusals(newPhone())).toEqual(ofKnown)
  })

  it('of a signed-in customer changes nothing', async () => {
    const account = await makeAccount()
    for (let time = 0; time < 5; time++)
      await expectDone(requestRecoveryAddress(callerOf(account), newEmail()))
    const before = await stateOf(account)
    expect(await requestRecoveryAddress(callerOf(account), newEmail())).toEqual(
      refuse('send_throttled', 600),
    )
    expect(await stateOf(account)).toEqual(before)
  })
})
