import { describe, expect, it } from 'vitest'
import { findSecureLink } from '@/lib/activity'
import { confirmRecoveryAddress } from '@/lib/contacts'
import { db } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { passReset } from '@/lib/recovery'
import {
  atOnce,
  callerOf,
  countOutcomes,
  expectDone,
  makeAccount,
  NOW,
  newEmail,
  newOrigin,
  saveRecovery,
} from '../support/accounts'
import { breakInserts, holdUser } from '../support/gate'
import { kindsTo, newestCode } from '../support/outbox'
import { eventsOf, freeze, newestLink, tryLogIn, userOf } from './freeze-actions'
import { complete, passedReset, start, stateOf } from './reset-actions'

describe('freezing', () => {
  it('by twenty concurrent requests is one event', async () => {
    const account = await makeAccount()
    const tokens = [await newestLink(account.email), await newestLink(account.phone)]
    const outcomes = await atOnce(20, (index) => freeze(tokens[index % 2] ?? '', NOW))
    expect(countOutcomes(outcomes)).toEqual({ done: 20 })
    expect((await eventsOf(account)).filter((type) => type === 'frozen')).toHaveLength(1)
    expect((await kindsTo(account.email)).filter((kind) => kind === 'notice.frozen')).toHaveLength(
      1,
    )
  })

  it('changes nothing when the database fails, and succeeds when repeated', async () => {
    const account = await makeAccount()
    const token = await newestLink(account.email)
    const before = await stateOf(account)
    const mend = await breakInserts('Message')
    await expect(freeze(token, NOW)).rejects.toThrow('inserts into Message fail')
    await mend()
    expect(await stateOf(account)).toEqual(before)
    expect(await findSecureLink(token, NOW)).toMatchObject({ state: 'open' })
    expect(await freeze(token, NOW)).toEqual(done())
  })

  it('stops a concurrent confirmation: the address stays unconfirmed', async () => {
    const [account, address] = [await makeAccount(), newEmail()]
    await saveRecovery(account, address)
    const code = await newestCode(address)
    expect(await overtaken(account, () => confirmRecoveryAddress(callerOf(account), code))).toEqual(
      refuse('challenge_gone'),
    )
    expect(
      await db().address.count({
        where: { userId: account.userId, role: 'recovery', confirmedAt: null },
      }),
    ).toBe(1)
  })

  it('stops a concurrent log-in: no session opens', async () => {
    const account = await makeAccount()
    expect(await overtaken(account, () => tryLogIn(account.phone.value))).toEqual(
      done({ frozenUserId: account.userId }),
    )
    expect(await db().session.count({ where: { userId: account.userId } })).toBe(0)
  })

  it('stops a concurrent reset at its end, and at its code', async () => {
    const account = await makeAccount()
    const secret = await passedReset(account)
    const begun = await expectDone(start(account.phone, 'primary_phone'))
    const code = await newestCode(account.phone)
    expect(await overtaken(account, () => complete(secret))).toEqual(refuse('challenge_gone'))
    expect((await userOf(account)).passwordVersion).toBe(1)
    expect(await passReset(begun.secret, code, newOrigin(), NOW)).toEqual(refuse('challenge_gone'))
  })
})

/** Queues a freeze for the lock of the account's row, and `work` behind it. */
async function overtaken<Value>(
  account: { userId: string; email: Parameters<typeof newestLink>[0] },
  work: () => Promise<Value>,
) {
  const token = await newestLink(account.email)
  const gate = await holdUser(account.userId)
  const freezing = freeze(token, NOW)
  await gate.crowd(1)
  const working = work()
  await gate.crowd(2)
  await gate.open()
  await expectDone(freezing)
  return working
}
