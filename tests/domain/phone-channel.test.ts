import { describe, expect, it } from 'vitest'
import type { AnyAddress } from '@/lib/addresses'
import { resendCode, sendCodeBySms, viewChallenge } from '@/lib/challenges'
import { requestRecoveryAddress } from '@/lib/contacts'
import { fallBackSilent } from '@/lib/messaging/outbox/fall-back'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { passReset, startReset } from '@/lib/recovery'
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
} from '../support/accounts'
import { channelsTo, newestCode, wrongCode } from '../support/outbox'
import { statementsOf } from '../support/statements'
import { finish, register } from './registration-actions'

type Wanted = Parameters<typeof startReset>[0]

const begin = (identifier: AnyAddress, more: Partial<Wanted> = {}) => {
  const usual = { choice: 'primary_phone', phoneChannel: 'whatsapp', locale: 'id' } as const
  return startReset({ identifier, ...usual, origin: newOrigin(), now: NOW, ...more })
}
const reset = async (identifier: AnyAddress, more: Partial<Wanted> = {}) =>
  (await expectDone(begin(identifier, more))).secret
const countMessages = () => db().message.count()
const bySms = (secret: string, now = NOW) => sendCodeBySms({ secret }, 'reset_password', now)
const shown = async (
  ref: Parameters<typeof viewChallenge>[0],
  purpose: Parameters<typeof viewChallenge>[1],
  now = NOW,
) => (await viewChallenge(ref, purpose, now))?.phoneChannel

describe('a reset by WhatsApp', () => {
  it('P1 R22 is the same at every step for a known account and an unknown one', async () => {
    const walk = async (identifier: AnyAddress) => {
      await forgetLimits()
      const seen: unknown[] = []
      const see = async (work: () => Promise<unknown>) =>
        seen.push(await statementsOf(async () => seen.push(await work())))
      const before = await countMessages()
      const secret = await reset(identifier)
      await see(async () => (await begin(identifier, { secret })).ok)
      await see(() => shown({ secret }, 'reset_password'))
      await see(() => bySms(secret))
      await see(() => shown({ secret }, 'reset_password'))
      await see(() => bySms(secret))
      await see(() =>
        resendCode({ secret }, 'reset_password', newOrigin(), later(MINUTE), 'whatsapp'),
      )
      return { seen, written: (await countMessages()) - before }
    }
    const known = await walk((await makeRecoverable()).email)
    expect(known.written).toBe(3)
    expect(await walk(newEmail())).toEqual(known)
    expect(await walk(newPhone())).toEqual(known)
  })

  it('shares its attempts with the SMS, which carries the same code, once', async () => {
    const { userId, email, phone } = await makeAccount()
    const secret = await reset(email)
    const code = await newestCode(phone)
    await passReset(secret, wrongCode(code), newOrigin(), NOW)
    expect([await bySms(secret), await bySms(secret)]).toEqual([done(), done()])
    expect((await channelsTo(phone)).toSorted()).toEqual(['sms', 'whatsapp'])
    const rows = await db().message.findMany({ where: { challenge: { userId } } })
    expect(rows[0]?.expiresAt).toEqual(rows[1]?.expiresAt)
    const second = await passReset(secret, wrongCode(code), newOrigin(), NOW)
    expect(second).toEqual({ ...refuse('code_wrong'), attemptsLeft: 3 })
    expect(await passReset(secret, code, newOrigin(), NOW)).toMatchObject({ ok: true })
    expect(await bySms(secret)).toEqual(refuse('challenge_gone'))
  })

  it('asked for again by SMS sends another code at once; asked for again as it is, none', async () => {
    const { email, phone } = await makeAccount()
    const secret = await reset(email)
    await reset(email, { secret })
    expect(await channelsTo(phone)).toEqual(['whatsapp'])
    await reset(email, { secret, phoneChannel: undefined })
    expect(await channelsTo(phone)).toEqual(['sms', 'whatsapp'])
  })

  it('is followed by no SMS when its code was entered, or replaced by another', async () => {
    const { email, phone } = await makeAccount()
    const entered = await reset(email)
    await passReset(entered, await newestCode(phone), newOrigin(), NOW)
    const other = await makeAccount()
    const secret = await reset(other.email)
    await expectDone(resendCode({ secret }, 'reset_password', newOrigin(), later(MINUTE)))
    await fallBackSilent(later(MINUTE))
    expect([await channelsTo(phone), await channelsTo(other.phone)]).toEqual([
      ['whatsapp'],
      ['whatsapp', 'whatsapp'],
    ])
  })

  it('to recovery accounts goes by SMS', async () => {
    const { email, recovery } = await makeRecoverable(newPhone())
    const secret = await reset(email, { choice: 'recovery' })
    expect(await channelsTo(recovery)).toEqual(expect.arrayContaining(['sms']))
    expect(await channelsTo(recovery)).not.toContain('whatsapp')
    expect(await shown({ secret }, 'reset_password')).toBeUndefined()
  })
})

describe('the channel of a signed-in customer', () => {
  const ask = (account: Account, now = NOW) =>
    expectDone(requestRecoveryAddress(callerOf(account, now), newEmail()))
  const again = ({ userId }: Account, via?: 'whatsapp' | 'sms', now = later(MINUTE)) =>
    expectDone(resendCode({ userId }, 'authorise_recovery', newOrigin(), now, via))
  const chosenBy = async ({ userId }: Account) =>
    (await db().user.findUniqueOrThrow({ where: { id: userId } })).phoneChannel

  it('is remembered for codes and notices, until the customer takes the other one', async () => {
    const account = await makeAccount()
    await ask(account)
    await again(account, 'whatsapp')
    expect(await channelsTo(account.phone)).toEqual(['whatsapp', 'sms'])
    expect(await shown({ userId: account.userId }, 'authorise_recovery')).toBe('whatsapp')
    await ask(account, later(10 * MINUTE))
    expect((await channelsTo(account.phone))[0]).toBe('whatsapp')
    const { userId } = account
    await expectDone(sendCodeBySms({ userId }, 'authorise_recovery', later(10 * MINUTE)))
    expect(await chosenBy(account)).toBe('sms')
  })

  it('changes for nobody else, and not by a plain resend', async () => {
    const account = await makeAccount()
    await ask(account)
    await again(account)
    expect(await chosenBy(account)).toBeNull()
  })

  it('is not used for a reset, which offers everyone the same', async () => {
    const account = await makeAccount()
    await db().user.update({ where: { id: account.userId }, data: { phoneChannel: 'whatsapp' } })
    await reset(account.email, { phoneChannel: undefined })
    expect((await channelsTo(account.phone))[0]).toBe('sms')
    const after = await channelsTo(account.phone, 'notice.')
    await ask(account)
    expect((await channelsTo(account.phone))[0]).toBe('whatsapp')
    expect(after).toEqual(['sms'])
  })

  it('is that of the registration', async () => {
    const phone = newPhone()
    const { secret } = await expectDone(register({ phone, phoneChannel: 'whatsapp' }))
    expect([await channelsTo(phone), await shown({ secret }, 'register')]).toEqual([
      ['whatsapp'],
      'whatsapp',
    ])
    await expectDone(finish(secret, await newestCode(phone)))
    expect(await channelsTo(phone, 'notice.registered')).toEqual(['whatsapp'])
  })
})
