import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { blindIndexOf } from '@/lib/addresses'
import { resendCode } from '@/lib/challenges'
import { consume, peek } from '@/lib/platform/limit-uses'
import { networkOf } from '@/lib/platform/networks'
import { consumeEstimateLimit } from '@/lib/platform/rate-limits'
import { done, refuse } from '@/lib/platform/result'
import {
  atOnce,
  DAY,
  expectDone,
  forgetLimits,
  HOUR,
  later,
  MINUTE,
  makeAccount,
  NOW,
  newOrigin,
  newPhone,
  PASSWORD,
} from '../support/accounts'
import { kindsTo, messagesTo, newestCode } from '../support/outbox'
import { proofOf, prove } from '../support/proofs'
import { finish, register } from './registration-actions'

beforeEach(async () => {
  await forgetLimits()
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
})
afterEach(() => void vi.useRealTimers())

const networkCount = async ({ ip }: { ip: string }) =>
  (await peek('registerNetwork', networkOf(ip))).count

describe('the limits of registrations', () => {
  it('ask for a proof from the fourth for one number, whether it is taken or free', async () => {
    for (const phone of [newPhone(), (await makeAccount()).phone]) {
      for (let time = 0; time < 3; time++) await expectDone(register({ phone }))
      const refused = await register({ phone })
      expect(refused).toMatchObject({ refusal: 'proof_needed' })
      const proof = await prove(proofOf(refused))
      expect(await register({ phone, proof })).toMatchObject({ ok: true })
    }
  })

  it('allow ten for one number in a day', async () => {
    const phone = newPhone()
    await atOnce(10, () => consume('registerIdentifier', blindIndexOf(phone)))
    expect(await register({ phone })).toEqual(refuse('send_throttled', DAY))
  })

  it('count the codes of one that is completed no longer at its network', async () => {
    const [phone, origin] = [newPhone(), newOrigin()]
    const { secret } = await expectDone(register({ phone, origin }))
    expect(await resendCode({ secret }, 'register', origin, later(MINUTE))).toEqual(done())
    await expectDone(register({ origin }))
    expect(await networkCount(origin)).toBe(3)
    await expectDone(finish(secret, await newestCode(phone), later(MINUTE), origin))
    expect(await networkCount(origin)).toBe(1)
  })

  it('count the codes of one that was begun before, whoever began it, still at its network', async () => {
    const [phone, origin] = [newPhone(), newOrigin()]
    const { secret } = await expectDone(register({ phone, origin }))
    const again = { phone, origin, secret, now: later(MINUTE) }
    const second = await expectDone(register(again))
    await expectDone(finish(second.secret, await newestCode(phone), later(MINUTE), origin))
    expect(await networkCount(origin)).toBe(1)
  })

  it('allow 300 forms a minute from one network, weak passwords included', async () => {
    const [origin, other] = [newOrigin(), newOrigin()]
    await register({ origin, password: 'password1' })
    await atOnce(299, () => consumeEstimateLimit(networkOf(origin.ip)))
    for (const password of ['password1', PASSWORD])
      expect(await register({ origin, password })).toEqual(refuse('send_throttled', 60))
    expect(await register({ origin: other })).toMatchObject({ ok: true })
  })

  it('take no form whose name or length of password is refused', async () => {
    const origin = newOrigin()
    await register({ origin, name: '' })
    await register({ origin, password: 'pendek1' })
    expect(await peek('estimateNetwork', networkOf(origin.ip))).toMatchObject({ count: 0 })
  })
})

describe('the owner of a number', () => {
  const told = async (phone: ReturnType<typeof newPhone>) =>
    (await messagesTo(phone)).filter(({ kind }) => kind === 'already_registered')

  it('is told of registrations with it ten times a day, in messages of an hour', async () => {
    const { phone } = await makeAccount()
    for (let time = 0; time < 11; time++) {
      await forgetLimits('register%')
      expect(await register({ phone })).toMatchObject({ ok: true })
    }
    const messages = await told(phone)
    expect(messages).toHaveLength(10)
    for (const { expiresAt, channel } of messages)
      expect([expiresAt, channel]).toEqual([later(HOUR), 'sms'])
  })

  it('is told as often when the number was free before, and no owner is told of a free one', async () => {
    const phone = newPhone()
    for (let time = 0; time < 10; time++) {
      await forgetLimits('register%')
      await expectDone(register({ phone }))
    }
    expect(new Set(await kindsTo(phone))).toEqual(new Set(['code.register']))
    await makeAccount({ phone })
    await forgetLimits('register%')
    await expectDone(register({ phone }))
    expect(await told(phone)).toHaveLength(1)
  })
})

it('a registration with a code that is wrong stays counted at its network', async () => {
  const [phone, origin] = [newPhone(), newOrigin()]
  const { secret } = await expectDone(register({ phone, origin }))
  expect(await finish(secret, 'no code', NOW, origin)).toMatchObject(refuse('code_wrong'))
  expect(await networkCount(origin)).toBe(1)
})
