import { describe, expect, it } from 'vitest'
import { readProfile } from '@/lib/accounts'
import type { Email } from '@/lib/addresses'
import { resendCode } from '@/lib/challenges'
import { findRegistrationEmail } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { freezeOwnAccount } from '@/lib/recovery'
import {
  atOnce,
  callerOf,
  email,
  expectDone,
  forgetLimits,
  HOUR,
  later,
  MINUTE,
  makeAccount,
  makeNewAccount,
  NOW,
  newEmail,
  newOrigin,
  proveEmail,
} from '../support/accounts'
import { codesTo, kindsTo, messagesTo, newestCode, readOutbox, wrongCode } from '../support/outbox'
import { statementsOf } from '../support/statements'
import { change, tryLogIn } from './change-actions'
import { askForEmail, finishEmail, registered } from './registration-actions'

async function ofProven() {
  const owner = await makeAccount()
  await proveEmail(owner)
  return owner.email
}
const HELD: [string, () => Promise<Email>][] = [
  ['an account has confirmed', ofProven],
  ['an account of a version before holds unconfirmed', async () => (await makeAccount()).email],
  ['a new account holds unconfirmed', async () => (await makeNewAccount()).email],
]

describe('the e-mail of a new account', () => {
  it('is confirmed with the code in the browser of the registration, and logs in then', async () => {
    const account = await registered()
    const { secret } = await expectDone(askForEmail(account))
    expect(await findRegistrationEmail(secret, NOW)).toMatchObject({
      address: account.email.value,
      view: { isPassed: false, sentTo: [] },
      isUsable: false,
    })
    const code = await newestCode(account.email)
    expect(await finishEmail(secret, wrongCode(code))).toMatchObject(refuse('code_wrong'))
    expect(await tryLogIn(account.email)).toEqual(refuse('login_wrong'))
    expect(await finishEmail(secret, code)).toEqual(done())
    expect(await tryLogIn(account.email)).toMatchObject({ ok: true })
    expect(await findRegistrationEmail(secret, NOW)).toMatchObject({ view: null, isUsable: true })
    expect(await finishEmail(secret, code)).toEqual(refuse('challenge_gone'))
  })

  it('is not confirmed in another browser', async () => {
    const [account, other] = [await registered(), await registered()]
    await expectDone(askForEmail(account))
    const { secret } = await expectDone(askForEmail(other))
    expect(await finishEmail(secret, await newestCode(account.email))).toMatchObject(
      refuse('code_wrong'),
    )
    expect(await findRegistrationEmail('', NOW)).toBeNull()
  })

  it('is not confirmed when the customer has entered another one meanwhile', async () => {
    const email = newEmail()
    for (let nth = 0; nth < 5; nth++) await makeNewAccount({ email })
    const [account, other] = [await registered({ email }), newEmail()]
    const { secret } = await expectDone(askForEmail(account))
    const code = await newestCode(email)
    await expectDone(change({ ...(await makeAccount()), ...account }, { address: other }))
    expect(await finishEmail(secret, code)).toEqual(refuse('challenge_gone'))
    expect(await tryLogIn(other)).toMatchObject({ ok: true })
    expect(await tryLogIn(email)).toEqual(refuse('login_wrong'))
  })

  it('is not confirmed while the account is frozen', async () => {
    const account = await registered()
    const { secret } = await expectDone(askForEmail(account))
    await freezeOwnAccount(account.userId, newOrigin(), NOW)
    expect(await finishEmail(secret, await newestCode(account.email))).toEqual(
      refuse('challenge_gone'),
    )
    expect(await askForEmail(account)).toEqual(refuse('nothing_to_confirm'))
  })

  it('is held by at most five accounts unconfirmed, also at once, and a sixth can confirm it', async () => {
    const email = newEmail()
    const accounts = await atOnce(8, () => makeNewAccount({ email }))
    const lists = await Promise.all(accounts.map(({ userId }) => readProfile(userId)))
    const held = lists.filter(({ primaries }) => primaries.some(({ kind }) => kind === 'email'))
    expect(held).toHaveLength(5)
    const account = await registered({ email })
    const { secret } = await expectDone(askForEmail(account))
    expect(await finishEmail(secret, await newestCode(email))).toEqual(done())
    expect(await tryLogIn(email)).toMatchObject({ ok: true })
    const lost = await db().securityEvent.count({ where: { type: 'email_lost' } })
    expect(lost).toBe(5)
  })

  it('gets the first code of each account, and further ones up to five in ten minutes', async () => {
    const email = newEmail()
    const secrets: string[] = []
    for (let nth = 0; nth < 6; nth++) {
      const { secret } = await expectDone(askForEmail(await registered({ email })))
      secrets.push(secret)
    }
    expect(await codesTo(email)).toHaveLength(6)
    const again = resendCode(
      { secret: secrets[0] ?? '' },
      'verify_email',
      newOrigin(),
      later(MINUTE),
    )
    expect(await again).toMatchObject({ refusal: 'send_throttled' })
  })
})

describe.each(HELD)('an e-mail that %s', (_what, hold) => {
  it('takes the same statements at each step, and as many messages, as a free one', async () => {
    const walk = async (email: Email) => {
      const account = await registered({ email })
      const statements = await statementsOf(() => expectDone(askForEmail(account)))
      const messages = (await readOutbox()).slice(0, 2).map(({ kind, channel }) => [kind, channel])
      messages.sort()
      const { secret } = await expectDone(askForEmail(account))
      const answered = await statementsOf(() => finishEmail(secret, '000000'))
      const resend = () => resendCode({ secret }, 'verify_email', newOrigin(), later(2 * MINUTE))
      const sent = await statementsOf(() => expectDone(resend()))
      const view = await findRegistrationEmail(secret, later(2 * MINUTE))
      return { statements, messages, answered, sent, view: { ...view, address: '' } }
    }
    expect(await walk(await hold())).toEqual(await walk(newEmail()))
  })
})

describe('an e-mail that another account has confirmed', () => {
  it('gets no code and "you already have an account", and the new account keeps its number', async () => {
    const owner = await makeAccount({ email: email('Ratu.Ayu@Example.com') })
    await proveEmail(owner)
    const account = await registered({ email: email('ratu.ayu@EXAMPLE.com') })
    const { secret } = await expectDone(askForEmail(account))
    expect(await kindsTo(account.email)).toEqual(['already_registered'])
    expect(await codesTo(owner.email)).toEqual([])
    expect(await finishEmail(secret, '000000')).toMatchObject(refuse('code_wrong'))
    expect(await tryLogIn(account.phone)).toMatchObject({ ok: true })
    expect(await findRegistrationEmail(secret, NOW)).toMatchObject({ isUsable: false })
    expect(await tryLogIn(owner.email)).toMatchObject({ ok: true })
  })

  it('gets that message ten times a day, each for an hour, whatever was asked while it was free', async () => {
    const account = await registered()
    const owner = await makeAccount({ email: account.email })
    const askTimes = async (times: number) => {
      for (let time = 0; time < times; time++) {
        await forgetLimits('send%')
        await expectDone(askForEmail(account))
      }
    }
    await askTimes(10)
    await proveEmail(owner)
    await askTimes(11)
    const told = (await messagesTo(owner.email)).filter(({ kind }) => kind === 'already_registered')
    expect(told).toHaveLength(10)
    for (const { channel, expiresAt } of told)
      expect([channel, expiresAt]).toEqual(['email', later(HOUR)])
  })

  it('is told so, after a right code, to the browser that was asked before', async () => {
    const email = newEmail()
    const [account, owner] = [await registered({ email }), await makeAccount({ email })]
    const { secret } = await expectDone(askForEmail(account))
    await proveEmail(owner)
    expect(await finishEmail(secret, await newestCode(email))).toEqual(refuse('taken'))
    expect(await tryLogIn(email)).toMatchObject({ ok: true })
    expect(callerOf(owner).userId).not.toBe(account.userId)
  })
})
