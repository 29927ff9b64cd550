import { expect, it } from 'vitest'
import { closeChallenges } from '@/lib/challenges'
import { db, lockUser, type Tx, transaction } from '@/lib/platform/db'
import { freezeAccount } from '@/lib/recovery'
import { later, MINUTE, makeAccount, newOrigin } from '../support/accounts'
import { untilWaits } from '../support/gate'
import { codesTo } from '../support/outbox'
import { issue, resend } from './challenge-actions'

const SOON = later(MINUTE)

type Change = (tx: Tx, userId: string) => Promise<unknown>

const update =
  (data: { passedAt: Date } | { spentAt: Date } | { attempts: number }): Change =>
  (tx, userId) =>
    tx.challenge.updateMany({ where: { userId }, data })

/** What ends a challenge while a resend that has read it waits for its row. */
const ENDS: [string, Change][] = [
  [
    'the account is frozen',
    (tx, userId) => freezeAccount(tx, { userId, origin: newOrigin(), now: SOON }),
  ],
  ['the challenge is closed', (tx, userId) => closeChallenges(tx, { userId }, SOON)],
  ['the challenge is passed', update({ passedAt: SOON })],
  ['the challenge is spent', update({ passedAt: SOON, spentAt: SOON })],
  ['the last attempt is used', update({ attempts: 5 })],
]

it.each(ENDS)('a resend sends no code when, before it writes, %s', async (_what, change) => {
  const { userId } = await makeAccount()
  const issued = await issue({ userId })
  const { sending, before } = await transaction(async (tx) => {
    await lockUser(tx, userId)
    await change(tx, userId)
    const started = resend(issued, SOON)
    await untilWaits('UPDATE')
    return { sending: started, before: await tx.challenge.findMany({ where: { userId } }) }
  })
  expect((await sending).ok).toBe(false)
  expect(await codesTo(issued.recipient)).toEqual([issued.code])
  expect(await db().challenge.findMany({ where: { userId } })).toEqual(before)
})
