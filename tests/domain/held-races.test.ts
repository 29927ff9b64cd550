import { describe, expect, it } from 'vitest'
import { refuse } from '@/lib/platform/result'
import { releaseDue } from '@/lib/recovery'
import { expectDone, makeRecoverable, OTHER_PASSWORD } from '../support/accounts'
import { newestCode } from '../support/outbox'
import { inOrder, timesIn } from './care-race-actions'
import { userOf } from './freeze-actions'
import {
  askRelease,
  DUE,
  enterRelease,
  heldOf,
  holdReset,
  newestStop,
  opens,
  veto,
} from './held-actions'

async function held() {
  const account = await makeRecoverable()
  return { account, secret: await holdReset(account) }
}

describe('of two at the same moment', () => {
  it('two workers: the password takes effect once', async () => {
    const { account } = await held()
    await inOrder(account, [() => releaseDue(DUE), () => releaseDue(DUE)])
    expect((await userOf(account)).passwordVersion).toBe(2)
    expect(await timesIn(account, 'password_released')).toBe(1)
  })

  it('a veto before the worker: the present password stays', async () => {
    const { account } = await held()
    const token = await newestStop(account.recovery)
    const [vetoed] = await inOrder(account, [() => veto(token, DUE), () => releaseDue(DUE)])
    expect(vetoed).toMatchObject({ ok: true })
    expect(await opens(account, OTHER_PASSWORD, DUE)).toBe(false)
    expect(await timesIn(account, 'password_released')).toBe(0)
  })

  it('the worker before a veto: the password works, and the veto says so', async () => {
    const { account } = await held()
    const token = await newestStop(account.recovery)
    const [, vetoed] = await inOrder(account, [() => releaseDue(DUE), () => veto(token, DUE)])
    expect(vetoed).toEqual(refuse('link_expired'))
    expect(await opens(account, OTHER_PASSWORD, DUE)).toBe(true)
    expect(await timesIn(account, 'password_vetoed')).toBe(0)
  })

  it('two vetoes: one stops it', async () => {
    const { account } = await held()
    const tokens = [await newestStop(account.recovery), await newestStop(account.email)]
    const outcomes = await inOrder(
      account,
      tokens.map((token) => () => veto(token)),
    )
    expect(outcomes).toMatchObject([{ ok: true }, refuse('link_closed')])
    expect(await timesIn(account, 'password_vetoed')).toBe(1)
  })

  it('a veto before the code of a recovery address: the code does nothing', async () => {
    const { account, secret } = await held()
    await expectDone(askRelease(secret))
    const code = await newestCode(account.recovery)
    const token = await newestStop(account.email)
    const outcomes = await inOrder(account, [() => veto(token), () => enterRelease(secret, code)])
    expect(outcomes).toMatchObject([{ ok: true }, refuse('held_gone')])
    expect(await heldOf(account)).toMatchObject([{ endedBy: 'vetoed' }])
  })
})
