import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { logIn } from '@/lib/accounts'
import type { AnyAddress } from '@/lib/addresses'
import { requestRecoveryAddress } from '@/lib/contacts'
import { refuse } from '@/lib/platform/result'
import { completeReset, passReset, type ResetChoice } from '@/lib/recovery'
import {
  type Account,
  callerOf,
  expectDone,
  forgetLimits,
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
import { start, startProven, stateOf } from './reset-actions'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }))
afterEach(() => void vi.useRealTimers())

/** Begins as many resets as an identifier has on one path, without the proofs. */
async function useUpSends(identifier: AnyAddress, choice: ResetChoice = 'recovery') {
  const secrets: string[] = []
  for (let time = 0; time < 10; time++) {
    await forgetLimits('resetFree%')
    await forgetLimits('resetIdentifier%')
    secrets.push((await expectDone(start(identifier, choice))).secret)
  }
  return secrets
}

describe('R25 strangers cause at most ten codes a day to an address', () => {
  it('over all identifiers of resets, and the last one that was sent stays right', async () => {
    const account = await makeRecoverable()
    const before = (await codesTo(account.recovery)).length
    const first = await useUpSends(account.email)
    const second = await useUpSends(account.phone)
    expect(await codesTo(account.recovery)).toHaveLength(before + 10)
    const code = await newestCode(account.recovery)
    expect(await passReset(second[9] ?? '', code, newOrigin(), NOW)).toMatchObject(
      refuse('code_wrong'),
    )
    expect(await passReset(first[9] ?? '', code, newOrigin(), NOW)).toMatchObject({ ok: true })
  })

  it('and leave the other path as it is', async () => {
    const account = await makeRecoverable()
    await useUpSends(account.email)
    const before = (await codesTo(account.phone)).length
    await expectDone(start(account.email, 'primary_phone'))
    expect(await codesTo(account.phone)).toHaveLength(before + 1)
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
  it('R24 needs its proof, and is refused, at the same count for a known and an unknown account', async () => {
    const known = await makeAccount()
    const refusals = async (identifier: AnyAddress) => {
      const outcomes = []
      for (let time = 0; time < 12; time++) {
        const outcome = await startProven(identifier, 'primary_phone')
        outcomes.push(outcome.ok ? 'sent' : outcome.refusal)
      }
      return outcomes
    }
    const ofKnown = await refusals(known.email)
    expect(ofKnown).toEqual([...Array(10).fill('sent'), ...Array(2).fill('send_throttled')])
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
