import { expect, it } from 'vitest'
import { passChallenge } from '@/lib/challenges'
import type { AttemptScope } from '@/lib/challenges/attempts'
import { requestRemoval } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { done } from '@/lib/platform/result'
import {
  type Account,
  callerOf,
  expectDone,
  makeAccount,
  makeRecoverable,
  NOW,
  newOrigin,
} from '../support/accounts'
import { newestCode, wrongCode } from '../support/outbox'
import { answer, fail, issue } from './challenge-actions'

/** The failures at every path and scope of an account. */
async function failuresOf(account: string) {
  const rows = await db().failureCount.findMany({ where: { account } })
  return Object.fromEntries(rows.map(({ path, scope, failures }) => [`${path} ${scope}`, failures]))
}

/** Two wrong answers that each scope of each path has counted before. */
const SCOPES = ['unknown', 'session', 'device:one', 'device:two', 'devices', 'link:one', 'links']
const PATHS = ['primary_phone', 'recovery', 'remove_recovery', 'change_phone']

async function countEverywhere({ userId: account }: Account) {
  const data = PATHS.flatMap((path) =>
    SCOPES.map((scope) => ({ account, path, scope, failures: 2, updatedAt: NOW })),
  )
  await db().failureCount.createMany({ data })
  return failuresOf(account)
}

const COUNTED: [string, AttemptScope, string[]][] = [
  ['an unknown browser', { kind: 'unknown' }, ['unknown']],
  ['a known device', { kind: 'device', id: 'one' }, ['device:one', 'devices']],
  ['a link', { kind: 'link', id: 'one' }, ['link:one', 'links']],
]

it.each(COUNTED)(
  'wrong codes of %s count at itself, for its path, and a right one takes only those back',
  async (_who, scope, counted) => {
    const account = await makeAccount()
    const before = await countEverywhere(account)
    const issued = await issue({ userId: account.userId, attempts: { path: 'recovery', scope } })
    await fail(issued, 2)
    const names = counted.map((name) => `recovery ${name}`)
    const failed = Object.fromEntries(names.map((name) => [name, 4]))
    expect(await failuresOf(account.userId)).toEqual({ ...before, ...failed })
    expect(await answer(issued, issued.code)).toEqual(done())
    const [own = '', total] = names
    const { [own]: _cleared, ...kept } = before
    expect(await failuresOf(account.userId)).toEqual({ ...kept, ...(total && { [total]: 0 }) })
  },
)

it('wrong codes of a signed-in customer count for their purpose, and a right one takes them back', async () => {
  const account = await makeRecoverable()
  await expectDone(requestRemoval(callerOf(account), 'email'))
  const code = await newestCode(account.phone)
  const before = await countEverywhere(account)
  const pass = (tried: string) =>
    passChallenge(
      {
        ref: { userId: account.userId },
        purpose: 'remove_recovery',
        code: tried,
        origin: newOrigin(),
        now: NOW,
      },
      async () => undefined,
    )
  for (let time = 0; time < 3; time++) await pass(wrongCode(code))
  expect(await failuresOf(account.userId)).toEqual({ ...before, 'remove_recovery session': 5 })
  expect(await pass(code)).toEqual(done())
  const { 'remove_recovery session': _cleared, ...kept } = before
  expect(await failuresOf(account.userId)).toEqual(kept)
})

it('wrong codes of a registration count at no account', async () => {
  const registration = await issue({ purpose: 'register' })
  for (let time = 0; time < 3; time++)
    await answer(registration, wrongCode(registration.code), NOW, 'register')
  expect(await failuresOf(registration.rateLimitKey)).toEqual({})
})

it('wrong codes of a reset that a version before began count as those of an unknown browser', async () => {
  const account = await makeAccount()
  await fail(await issue({ userId: account.userId }), 3)
  expect(await failuresOf(account.userId)).toEqual({ 'primary_phone unknown': 3 })
})
