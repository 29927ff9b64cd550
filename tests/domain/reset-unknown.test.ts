import { describe, expect, it } from 'vitest'
import { type AnyAddress, blindIndexOf } from '@/lib/addresses'
import { resendCode, viewChallenge } from '@/lib/challenges'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { passReset, type ResetChoice, resetIdentifier } from '@/lib/recovery'
import {
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
import { runReports } from '../support/jobs'
import { readOutbox } from '../support/outbox'
import { statementsOf } from '../support/statements'
import { complete, start } from './reset-actions'
import { makeCode } from './saved-code-actions'

const CHOICES: ResetChoice[] = ['primary_phone', 'recovery', 'saved_code']

/** For a saved code no message is written. */
const messagesOf = (choice: ResetChoice) => (choice === 'saved_code' ? 0 : 1)

/** An account for which each choice finds something. */
async function makeReachable() {
  const account = await makeRecoverable()
  await makeCode(account)
  return account
}

/** The outcomes, screens and statements of a reset without its code, step by step. */
async function walk(identifier: AnyAddress, choice: ResetChoice) {
  await forgetLimits()
  const seen: unknown[] = []
  const see = async (work: () => Promise<unknown>) => {
    const statements = await statementsOf(async () => seen.push(await work()))
    seen.push(statements)
  }
  const { secret } = await expectDone(start(identifier, choice))
  const answer = (now: Date) => passReset(secret, 'no code', newOrigin(), now)
  const resend = (now: Date) => resendCode({ secret }, 'reset_password', newOrigin(), now)
  await see(async () => (await start(identifier, choice)).ok)
  await see(async () => (await start(identifier, choice, NOW, secret)).ok)
  await see(() => viewChallenge({ secret }, 'reset_password', NOW))
  await see(() => answer(NOW))
  await see(() => resend(later(MINUTE - 1)))
  await see(() => resend(later(MINUTE)))
  for (let attempt = 0; attempt < 5; attempt++) await see(() => answer(later(MINUTE)))
  await see(() => resend(later(2 * MINUTE)))
  await see(() => viewChallenge({ secret }, 'reset_password', later(MINUTE)))
  await see(() => complete(secret))
  await see(() => resetIdentifier(secret, NOW))
  await see(() => answer(later(30 * MINUTE)))
  return seen
}

describe.each(CHOICES)('P1 R22 R24 a reset (%s)', (choice) => {
  it('is the same at every step for a known account and an unknown one, e-mail or number', async () => {
    const account = await makeReachable()
    const known = await walk(account.email, choice)
    expect(await walk(account.phone, choice)).toEqual(known)
    expect(await walk(newEmail(), choice)).toEqual(known)
    expect(await walk(newPhone(), choice)).toEqual(known)
    expect(await walk((await makeAccount()).email, choice)).toEqual(known)
  })

  it('writes as many rows for an unknown account as for a known one', async () => {
    const account = await makeReachable()
    const rowsOf = async (identifier: AnyAddress) => {
      const [challenges, messages] = [await db().challenge.count(), await db().message.count()]
      await expectDone(start(identifier, choice))
      return [(await db().challenge.count()) - challenges, (await db().message.count()) - messages]
    }
    const written = [1, messagesOf(choice)]
    expect(await rowsOf(account.email)).toEqual(written)
    expect(await rowsOf(newEmail())).toEqual(written)
  })

  it('takes the same statements for both when the attempts of the path are used up', async () => {
    const { userId, email } = await makeReachable()
    const unknown = newEmail()
    const scope = { path: choice, scope: 'unknown', failures: 60, updatedAt: NOW }
    for (const account of [userId, blindIndexOf(unknown)])
      await db().failureCount.create({ data: { account, ...scope } })
    const begin = (identifier: AnyAddress) => () => expectDone(start(identifier, choice))
    expect(await statementsOf(begin(unknown))).toEqual(await statementsOf(begin(email)))
    await runReports()
  })
})

it.each([
  ['primary_phone', 'sms'],
  ['recovery', 'email'],
] as const)(
  'a reset (%s) writes one message, by %s, for an unknown account too',
  async (choice, channel) => {
    const channelOf = async (identifier: AnyAddress) => {
      await expectDone(start(identifier, choice))
      return (await readOutbox())[0]?.channel
    }
    expect(await channelOf((await makeRecoverable()).email)).toBe(channel)
    expect(await channelOf(newPhone())).toBe(channel)
  },
)

describe('a decoy', () => {
  const decoys: [string, () => Promise<AnyAddress>, ResetChoice][] = [
    ['an unknown account', async () => newEmail(), 'primary_phone'],
    ['an account without recovery address', async () => (await makeAccount()).email, 'recovery'],
    [
      'a recovery address, which is no identifier',
      async () => (await makeRecoverable()).recovery,
      'recovery',
    ],
  ]

  it.each(decoys)('of %s sends no code, and accepts none', async (_whose, identifier, choice) => {
    const address = await identifier()
    const earlier = new Set((await readOutbox()).map(({ id }) => id))
    const { secret } = await expectDone(start(address, choice))
    const [message, ...others] = (await readOutbox()).filter(({ id }) => !earlier.has(id))
    expect(message).toMatchObject({ kind: 'code.reset_password', to: null })
    expect(others).toEqual([])
    const code = message?.content.kind === 'code' ? message.content.code : ''
    expect(await passReset(secret, code, newOrigin(), NOW)).toMatchObject(refuse('code_wrong'))
    expect(await complete(secret)).toEqual(refuse('challenge_gone'))
  })

  it('stays a decoy after a resend', async () => {
    const { secret } = await expectDone(start(newEmail(), 'recovery'))
    expect(await resendCode({ secret }, 'reset_password', newOrigin(), later(MINUTE))).toEqual(
      done(),
    )
    const [message] = await readOutbox()
    expect(message?.to).toBeNull()
    const code = message?.content.kind === 'code' ? message.content.code : ''
    expect(await passReset(secret, code, newOrigin(), later(MINUTE))).toEqual({
      ...refuse('code_wrong'),
      attemptsLeft: 4,
    })
  })

  it('of a known account without recovery address counts wrong codes at what was typed', async () => {
    const account = await makeAccount()
    const { secret } = await expectDone(start(account.email, 'recovery'))
    for (let attempt = 0; attempt < 4; attempt++)
      await passReset(secret, 'no code', newOrigin(), NOW)
    const countedAt = (counted: string) =>
      db().failureCount.findMany({ where: { account: counted } })
    expect(await countedAt(account.userId)).toEqual([])
    expect(await countedAt(blindIndexOf(account.email))).toMatchObject([
      { path: 'recovery', scope: 'unknown', failures: 4 },
    ])
  })
})
