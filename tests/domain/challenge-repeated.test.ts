import { describe, expect, it } from 'vitest'
import { viewChallenge } from '@/lib/challenges'
import { removeRecoveryAddress, requestRemoval } from '@/lib/contacts'
import { done, refuse } from '@/lib/platform/result'
import {
  type Account,
  addRecovery,
  callerOf,
  expectDone,
  forgetLimits,
  later,
  MINUTE,
  makeAccount,
  makeRecoverable,
  NOW,
  newPhone,
} from '../support/accounts'
import { messagesTo, newestCode, wrongCode } from '../support/outbox'
import { authorise, request } from './change-actions'
import { start } from './reset-actions'

const LAST_ATTEMPT = 5

const codesOfRemovals = async ({ phone }: Account) =>
  (await messagesTo(phone)).filter(({ kind }) => kind === 'code.remove_recovery')
const ask = (account: Account, kind: 'email' | 'phone' = 'email', now = NOW) =>
  expectDone(requestRemoval(callerOf(account, now), kind))

async function answerWrong(account: Account, times: number) {
  const wrong = wrongCode(await newestCode(account.phone))
  for (let time = 0; time < times; time++) await removeRecoveryAddress(callerOf(account), wrong)
}

describe('the same request again', () => {
  it('sends no code within a minute, and one after it', async () => {
    const account = await makeRecoverable()
    for (const seconds of [0, 0, 59]) await ask(account, 'email', later(seconds))
    expect(await codesOfRemovals(account)).toHaveLength(1)
    await ask(account, 'email', later(MINUTE))
    expect(await codesOfRemovals(account)).toMatchObject([{ channel: 'sms' }, { channel: 'sms' }])
  })

  it('sends a code at once when the attempts at the first are used up', async () => {
    const account = await makeRecoverable()
    await ask(account)
    await answerWrong(account, LAST_ATTEMPT - 1)
    await ask(account)
    expect(await codesOfRemovals(account)).toHaveLength(1)
    await answerWrong(account, 1)
    await ask(account)
    expect(await codesOfRemovals(account)).toHaveLength(2)
  })

  it('after it calls the first code an older one', async () => {
    const account = await makeRecoverable()
    await ask(account)
    const older = await newestCode(account.phone)
    const now = later(MINUTE)
    await ask(account, 'email', now)
    const remove = (code: string) => removeRecoveryAddress(callerOf(account, now), code)
    expect(await remove(older)).toEqual(refuse('code_superseded'))
    expect(await remove(older)).toMatchObject(refuse('code_wrong'))
    expect(await remove(await newestCode(account.phone))).toEqual(done())
  })

  it('when the first has expired does not know its code any more', async () => {
    const account = await makeRecoverable()
    await ask(account)
    const older = await newestCode(account.phone)
    const now = later(30 * MINUTE)
    await ask(account, 'email', now)
    expect(await removeRecoveryAddress(callerOf(account, now), older)).toMatchObject(
      refuse('code_wrong'),
    )
  })

  it('after its code was entered does not call that code an older one', async () => {
    const account = await makeAccount()
    const change = (now: Date) => expectDone(request(account, { address: newPhone() }, now))
    const enter = (code: string, now: Date) =>
      authorise(account, { address: account.phone }, code, now)
    await change(NOW)
    const code = await newestCode(account.phone)
    await expectDone(enter(code, NOW))
    await change(later(MINUTE))
    expect(await enter(code, later(MINUTE))).toMatchObject(refuse('code_wrong'))
  })

  it('about another address sends a code at once', async () => {
    const account = await makeRecoverable()
    await addRecovery(account, newPhone())
    await forgetLimits()
    await ask(account, 'email')
    await ask(account, 'phone')
    expect(await codesOfRemovals(account)).toHaveLength(2)
  })

  it('of a reset sends a code by e-mail to an e-mail address', async () => {
    const account = await makeRecoverable()
    await expectDone(start(account.phone, 'recovery'))
    expect((await messagesTo(account.recovery))[0]).toMatchObject({ channel: 'email' })
  })
})

describe('the view of a challenge', () => {
  it('says when its code expires, and that it has expired', async () => {
    const account = await makeRecoverable()
    await ask(account)
    const view = (now: Date) => viewChallenge({ userId: account.userId }, 'remove_recovery', now)
    expect(await view(later(10 * MINUTE - 1))).toMatchObject({
      isCodeExpired: false,
      secondsToExpiry: 1,
    })
    expect(await view(later(10 * MINUTE))).toMatchObject({
      isCodeExpired: true,
      secondsToExpiry: 0,
    })
  })

  it('says that the attempts are used up after the fifth wrong code', async () => {
    const account = await makeRecoverable()
    await ask(account)
    const view = () => viewChallenge({ userId: account.userId }, 'remove_recovery', NOW)
    await answerWrong(account, LAST_ATTEMPT - 1)
    expect(await view()).toMatchObject({ isExhausted: false })
    await answerWrong(account, 1)
    expect(await view()).toMatchObject({ isExhausted: true })
  })

  it('names the recipient to the customer, and never to a stranger', async () => {
    const account = await makeRecoverable()
    await ask(account)
    const { secret } = await expectDone(start(account.email, 'primary_phone'))
    const [own, foreign] = [
      await viewChallenge({ userId: account.userId }, 'remove_recovery', NOW),
      await viewChallenge({ secret }, 'reset_password', NOW),
    ]
    expect(own).toMatchObject({ sentTo: [expect.stringContaining('••••')], delivery: 'sending' })
    expect(foreign).toMatchObject({ sentTo: [], secondsToResend: MINUTE })
    expect(foreign).not.toHaveProperty('delivery')
  })
})
