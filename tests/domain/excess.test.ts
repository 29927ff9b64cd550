import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type AnyAddress, blindIndexOf } from '@/lib/addresses'
import { resendCode } from '@/lib/challenges'
import { consume, peek } from '@/lib/platform/limit-uses'
import { done, refuse } from '@/lib/platform/result'
import { consumeStrangerSend } from '@/lib/platform/strangers'
import { passReset, startReset } from '@/lib/recovery'
import {
  atOnce,
  DAY,
  expectDone,
  later,
  MINUTE,
  makeRecoverable,
  NOW,
  newOrigin,
  newPhone,
} from '../support/accounts'
import { runReports } from '../support/jobs'
import { kindsTo, messagesTo, newestCode } from '../support/outbox'
import { start, startProven } from './reset-actions'

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }))
afterEach(() => void vi.useRealTimers())

/** How many links that begin a reset the recovery address has received. */
async function countLinks({ recovery }: { recovery: AnyAddress }) {
  await runReports()
  const sent = await messagesTo(recovery)
  return sent.filter(({ content }) => content.kind === 'notice' && content.resetLink).length
}

const resend = (secret: string, minutes: number, origin = newOrigin()) =>
  resendCode({ secret }, 'reset_password', origin, later(minutes * MINUTE))

describe('R26 the owner gets the link when strangers ask for more codes than are free', () => {
  it('with the fourth request, once, and not before', async () => {
    const account = await makeRecoverable()
    for (let time = 0; time < 3; time++) await expectDone(start(account.email, 'primary_phone'))
    expect(await countLinks(account)).toBe(0)
    for (let time = 0; time < 3; time++) await startProven(account.email, 'primary_phone')
    expect(await countLinks(account)).toBe(1)
  })

  it('with the fourth code, when they ask once and have it sent again', async () => {
    const account = await makeRecoverable()
    const { secret } = await expectDone(start(account.email, 'primary_phone'))
    for (const minutes of [1, 2]) expect(await resend(secret, minutes)).toEqual(done())
    expect(await countLinks(account)).toBe(0)
    expect(await resend(secret, 3)).toEqual(done())
    expect(await countLinks(account)).toBe(1)
  })

  it('before both identifiers together have used up the codes of an address', async () => {
    const account = await makeRecoverable()
    for (const identifier of [account.email, account.phone])
      for (let time = 0; time < 5; time++) await startProven(identifier, 'recovery')
    const before = (await kindsTo(account.recovery)).length
    await startProven(account.phone, 'recovery')
    expect(await kindsTo(account.recovery)).toHaveLength(before)
    expect(await countLinks(account)).toBe(1)
  })
})

describe('a code that is sent again', () => {
  it('counts at the network as the first one does, and at neither when it is refused', async () => {
    const { ip } = newOrigin()
    const send = (key: string = newPhone().value) =>
      consumeStrangerSend({ wish: 'register', key, ip })
    for (let time = 0; time < 120; time++) expect((await send()).ok).toBe(true)
    const key = newPhone().value
    expect(await send(key)).toEqual(refuse('send_throttled', 3_600))
    expect(await peek('registerIdentifier', key)).toMatchObject({ count: 0 })
    expect(await peek('registerNetwork', `${ip}/32`)).toMatchObject({ count: 120 })
  })

  it('is refused when the identifier has had its ten, and the first one stays right', async () => {
    const account = await makeRecoverable()
    const { secret } = await expectDone(start(account.email, 'primary_phone'))
    const code = await newestCode(account.phone)
    const key = `${blindIndexOf(account.email)}:primary_phone`
    await atOnce(9, () => consume('resetIdentifier', key))
    expect(await resend(secret, 1)).toEqual(refuse('send_throttled', DAY))
    expect(await newestCode(account.phone)).toBe(code)
    expect(await passReset(secret, code, newOrigin(), later(MINUTE))).toMatchObject({ ok: true })
  })

  it('no longer counts there once one of the codes came back', async () => {
    const [account, origin] = [await makeRecoverable(), newOrigin()]
    const request = { identifier: account.email, choice: 'primary_phone', locale: 'id' } as const
    const { secret } = await expectDone(startReset({ ...request, origin, now: NOW }))
    await resend(secret, 1, origin)
    expect(await peek('resetNetwork', `${origin.ip}/32`)).toMatchObject({ count: 2 })
    const code = await newestCode(account.phone)
    expect(await passReset(secret, code, origin, later(2 * MINUTE))).toMatchObject({ ok: true })
    expect(await peek('resetNetwork', `${origin.ip}/32`)).toMatchObject({ count: 0 })
  })

  it('returns only its own use when it replaces one of another network', async () => {
    const [account, other] = [await makeRecoverable(), await makeRecoverable()]
    const origin = newOrigin()
    const request = { identifier: account.email, choice: 'primary_phone', locale: 'id' } as const
    const { secret } = await expectDone(startReset({ ...request, origin: newOrigin(), now: NOW }))
    const now = later(2 * MINUTE)
    const again = await expectDone(startReset({ ...request, secret, origin, now }))
    await expectDone(startReset({ ...request, identifier: other.email, origin, now }))
    expect(await peek('resetNetwork', `${origin.ip}/32`)).toMatchObject({ count: 2 })
    const code = await newestCode(account.phone)
    expect(await passReset(again.secret, code, origin, now)).toMatchObject({ ok: true })
    expect(await peek('resetNetwork', `${origin.ip}/32`)).toMatchObject({ count: 1 })
  })
})
