import { beforeEach, describe, expect, it } from 'vitest'
import { recordEventDaily, verifyActivity } from '@/lib/activity'
import { listAddresses } from '@/lib/addresses'
import { keyedHash } from '@/lib/platform/crypto'
import { db, NIL_UUID, transaction } from '@/lib/platform/db'
import { type Account, atOnce, DAY, later, makeAccount, NOW, newOrigin } from '../support/accounts'
import { statementsOf } from '../support/statements'
import { faultsOf, hashingKeys, record, restartUnder, rowsOf, tamper } from './activity-actions'

/** An account whose activity has five rows. */
async function makeActive() {
  const account = await makeAccount()
  for (const type of ['recovery_added', 'new_device', 'password_changed', 'session_ended'] as const)
    await record(account, type)
  return account
}

const recordDaily = (userId: string | null, now = NOW) =>
  transaction(async (tx) => {
    const notify = await listAddresses(tx, userId ?? NIL_UUID)
    await recordEventDaily(tx, {
      userId,
      type: 'attempts_used_up',
      origin: newOrigin(),
      now,
      notify,
      locale: 'id',
    })
  })

const positionsOf = async (account: Account) =>
  (await rowsOf(account)).map(({ position }) => position)
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

describe('the activity of an account', () => {
  it('is one chain from the registration on', async () => {
    const account = await makeActive()
    expect((await rowsOf(account)).map(({ type }) => type)[0]).toBe('registered')
    expect(await positionsOf(account)).toEqual(upTo(5))
    expect(await faultsOf(account)).toEqual([])
  })

  it('is one unbroken chain when twenty events come at once', async () => {
    const account = await makeAccount()
    await atOnce(20, (index) => (index === 9 ? recordDaily(account.userId) : record(account)))
    expect(await positionsOf(account)).toEqual(upTo(21))
    expect(new Set((await rowsOf(account)).map(({ hash }) => hash)).size).toBe(21)
    expect(await faultsOf(account)).toEqual([])
  })

  it('stays whole when an event is rolled back with its cause', async () => {
    const account = await makeActive()
    const undone = transaction(async (tx) => {
      await recordEventDaily(tx, {
        userId: account.userId,
        type: 'attempts_used_up',
        origin: newOrigin(),
        now: NOW,
        notify: [],
        locale: 'id',
      })
      throw new Error('the cause failed')
    })
    await expect(undone).rejects.toThrow('the cause failed')
    await record(account)
    expect(await positionsOf(account)).toEqual(upTo(6))
    expect(await faultsOf(account)).toEqual([])
  })

  it('is proven under the new hashing key, and goes on under it, while the old one is kept', async () => {
    const { old, current } = hashingKeys()
    const before = await restartUnder(old)
    const account = await before.makeAccount()
    await before.record(account)
    const after = await restartUnder(`${current},${old}`)
    expect(await after.faultsOf(account)).toEqual([])
    await after.record(account)
    expect(await after.faultsOf(account)).toEqual([])
    const forgetful = await restartUnder(current)
    expect(await forgetful.faultsOf(account)).toEqual(['altered 1'])
  })
})

describe('an event that is recorded once a day', () => {
  it('is in the chain, once', async () => {
    const account = await makeAccount()
    for (const now of [NOW, later(60), later(DAY + 1)]) await recordDaily(account.userId, now)
    expect((await rowsOf(account)).map(({ type }) => type)).toEqual([
      'registered',
      'attempts_used_up',
      'attempts_used_up',
    ])
    expect(await faultsOf(account)).toEqual([])
  })

  it('takes the same statements for an account, for the second time in a day, and for no account', async () => {
    const { userId } = await makeAccount()
    const first = await statementsOf(() => recordDaily(userId))
    expect(await statementsOf(() => recordDaily(userId))).toEqual(first)
    expect(await statementsOf(() => recordDaily(null))).toEqual(first)
    expect(first.join()).toContain('SecureLink')
  })
})

describe('the proof of the activity finds', () => {
  let account: Account
  beforeEach(async () => {
    account = await makeActive()
  })
  const where = '"userId" = $1 and position'

  it.each([
    ['type', `type = 'unfrozen'`],
    ['time', `at = at - interval '1 hour'`],
    ['IP address', `ip = '192.0.2.1'`],
    ['user agent', `"userAgent" = 'Mozilla'`],
    ['detail', `detail = '{"about": "x•••@y•••.id"}'`],
    ['shape of the detail', `detail = '[]'`],
    ['reference', `reference = 'ZZZZZZZZ'`],
    ['hash', `hash = repeat('0', 64)`],
    ['missing hash', `hash = null`],
  ])('an altered %s', async (_, change) => {
    await tamper(`update "SecurityEvent" set ${change} where ${where} = 3`, [account.userId])
    expect(await faultsOf(account)).toEqual(['altered 3'])
  })

  it('a row that was deleted in the middle, also when the others close up', async () => {
    await tamper(`delete from "SecurityEvent" where ${where} = 3`, [account.userId])
    expect(await faultsOf(account)).toEqual(['missing 3'])
    await tamper(`update "SecurityEvent" set position = position - 1 where ${where} = 4`, [
      account.userId,
    ])
    await tamper(`update "SecurityEvent" set position = position - 1 where ${where} = 5`, [
      account.userId,
    ])
    expect(await faultsOf(account)).toEqual(['altered 3'])
  })

  it('a beginning that was deleted', async () => {
    await tamper(`delete from "SecurityEvent" where ${where} = 1`, [account.userId])
    expect(await faultsOf(account)).toEqual(['missing 1'])
  })

  it('rows that were cut off the end, also together with the seal', async () => {
    await tamper(`delete from "SecurityEvent" where ${where} > 3`, [account.userId])
    expect(await faultsOf(account)).toEqual(['cut_off 4'])
    await tamper('update "User" set "activityHead" = null where id = $1', [account.userId])
    expect(await faultsOf(account)).toEqual(['cut_off 4'])
  })

  it('an activity that was emptied together with its seal', async () => {
    await tamper('delete from "SecurityEvent" where "userId" = $1', [account.userId])
    await tamper('update "User" set "activityHead" = null where id = $1', [account.userId])
    expect(await faultsOf(account)).toEqual(['missing 1'])
  })

  it('rows that two accounts exchanged', async () => {
    const other = await makeActive()
    const swap = `update "SecurityEvent" set "userId" = case "userId" when $1::uuid then $2::uuid else $1::uuid end,
      position = -position where "userId" in ($1::uuid, $2::uuid) and position = 4`
    await tamper('alter table "SecurityEvent" drop constraint "SecurityEvent_position"')
    await tamper(swap, [account.userId, other.userId])
    await tamper('update "SecurityEvent" set position = -position where position < 0')
    expect(await faultsOf(account, other)).toEqual(['altered 4', 'altered 4'])
  })

  it.each([6, 4])('a row that somebody without the key put in as the %ith', async (position) => {
    for (const later of [5, 4].filter((taken) => taken >= position))
      await tamper(`update "SecurityEvent" set position = position + 1 where ${where} = $2`, [
        account.userId,
        later,
      ])
    await tamper(
      `insert into "SecurityEvent" (id, "userId", position, type, at, ip, "userAgent", detail, reference, hash)
        select gen_random_uuid(), "userId", $2, type, at, ip, "userAgent", detail, left(id::text, 16), encode(sha256('attempt'), 'hex')
        from "SecurityEvent" where ${where} = 2`,
      [account.userId, position],
    )
    expect(await faultsOf(account)).toEqual([`altered ${position}`])
  })

  it('an end that was put back to what it once was, while its rows were not', async () => {
    const { activityHead } = await db().user.findUniqueOrThrow({ where: { id: account.userId } })
    await record(account)
    await tamper('update "User" set "activityHead" = $2 where id = $1', [
      account.userId,
      activityHead,
    ])
    expect(await faultsOf(account)).toEqual(['cut_off 7'])
  })

  it('a hash that was made for another use of the same key', async () => {
    await tamper(`update "SecurityEvent" set hash = $2 where ${where} = 5`, [
      account.userId,
      keyedHash('a row', 'challenge.code'),
    ])
    expect(await faultsOf(account)).toEqual(['altered 5'])
  })
})

describe('rows that are older than the hashes', () => {
  it('are counted apart: nothing is proven of them, and the chain begins after them', async () => {
    const { proven, unsealed } = await verifyActivity()
    const account = await makeActive()
    await tamper('update "SecurityEvent" set hash = null where "userId" = $1', [account.userId])
    await tamper('update "User" set "activityHead" = null where id = $1', [account.userId])
    await record(account)
    expect(await faultsOf(account)).toEqual([])
    expect(await verifyActivity()).toMatchObject({ proven: proven + 1, unsealed: unsealed + 5 })
  })
})
