import { expect, it } from 'vitest'
import { blindIndexOf } from '@/lib/addresses'
import { resendCode } from '@/lib/challenges'
import { requestConfirmation } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { consume, peek } from '@/lib/platform/limit-uses'
import { done } from '@/lib/platform/result'
import {
  atOnce,
  callerOf,
  countOutcomes,
  forgetLimits,
  later,
  MINUTE,
  makeAccount,
  newOrigin,
  saveRecovery,
} from '../support/accounts'
import { numberOf } from '../support/sms-actions'
import { forgetPrefixes, PREFIX } from './prefix-actions'

forgetPrefixes()

const NUMBER = numberOf(PREFIX, 1)
const SEND = `new:${blindIndexOf(NUMBER)}`

/** An account with the number as its unconfirmed recovery address, and no send counted. */
async function makeWaiting() {
  const account = await makeAccount()
  await saveRecovery(account, NUMBER)
  await forgetLimits()
  return account
}

type Account = Awaited<ReturnType<typeof makeWaiting>>

const ask = (account: Account, minutes: number) =>
  requestConfirmation(callerOf(account, later(minutes * MINUTE)), 'phone')

/** Slows the prefix: one code may be sent from this minute on, and the next one five minutes later. */
async function slow(minutes: number) {
  const { prefix, country } = await db().newNumberSend.findFirstOrThrow()
  const nextSendAt = later(minutes * MINUTE)
  const row = { country, slowedAt: later(0), nextSendAt }
  await db().slowPrefix.upsert({ where: { prefix }, create: { prefix, ...row }, update: row })
}

const countsOf = async ({ userId }: Account) => [
  (await peek('firstSendDay', `${userId}:${SEND}`)).count,
  (await peek('sendBurst', SEND)).count,
  (await peek('sendDay', SEND)).count,
  (await peek('newNumberUser', userId)).count,
]

const NOTHING = [0, 0, 0, 0]
const ONCE = [1, 1, 1, 1]

it('a code that a slowed prefix refuses spends no right to a send', async () => {
  const account = await makeWaiting()
  await slow(9)
  expect(await ask(account, 5)).toMatchObject({ refusal: 'send_throttled' })
  expect(await countsOf(account)).toEqual(NOTHING)
  expect(await ask(account, 10)).toEqual(done())
  expect(await countsOf(account)).toEqual(ONCE)
})

it('nor does a further code of the same challenge', async () => {
  const account = await makeWaiting()
  await slow(9)
  const resend = (minutes: number) => {
    const [ref, now] = [{ userId: account.userId }, later(minutes * MINUTE)]
    return resendCode(ref, 'confirm_recovery', newOrigin(), now)
  }
  expect(await resend(5)).toMatchObject({ refusal: 'send_throttled' })
  expect(await countsOf(account)).toEqual(NOTHING)
  expect(await resend(10)).toEqual(done())
  expect(await countsOf(account)).toEqual(ONCE)
})

it('of several requests at once for the one turn of a slowed prefix, the sent code alone counts', async () => {
  const account = await makeWaiting()
  await slow(10)
  const outcomes = await atOnce(5, () => ask(account, 10))
  expect(countOutcomes(outcomes)).toEqual({ done: 1, send_throttled: 4 })
  expect(await countsOf(account)).toEqual(ONCE)
})

it('the first code of a customer is sent when others have used up the address, a second one is not', async () => {
  const account = await makeWaiting()
  await atOnce(5, () => consume('sendBurst', SEND))
  await slow(60)
  expect(await ask(account, 30)).toMatchObject({ refusal: 'send_throttled' })
  await db().slowPrefix.deleteMany()
  expect(await ask(account, 30)).toEqual(done())
  expect(await ask(account, 32)).toMatchObject({ refusal: 'send_throttled' })
})
