import { beforeEach, describe, expect, it } from 'vitest'
import { keyedHash } from '@/lib/platform/crypto'
import { db } from '@/lib/platform/db'
import type { Account } from '../support/accounts'
import { faultsOf, makeActive, record, tamper } from './activity-actions'

describe('the verification of the activity finds', () => {
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

  it('a deleted row in the middle, even when the others are renumbered', async () => {
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

  it('a deleted first row', async () => {
    await tamper(`delete from "SecurityEvent" where ${where} = 1`, [account.userId])
    expect(await faultsOf(account)).toEqual(['missing 1'])
  })

  it('deleted last rows, even together with the stored head', async () => {
    await tamper(`delete from "SecurityEvent" where ${where} > 3`, [account.userId])
    expect(await faultsOf(account)).toEqual(['cut_off 4'])
    await tamper('update "User" set "activityHead" = null where id = $1', [account.userId])
    expect(await faultsOf(account)).toEqual(['cut_off 4'])
  })

  it('an emptied activity together with its stored head', async () => {
    await tamper('delete from "SecurityEvent" where "userId" = $1', [account.userId])
    await tamper('update "User" set "activityHead" = null where id = $1', [account.userId])
    expect(await faultsOf(account)).toEqual(['missing 1'])
  })

  it('rows exchanged between two accounts', async () => {
    const other = await makeActive()
    const swap = `update "SecurityEvent" set "userId" = case "userId" when $1::uuid then $2::uuid else $1::uuid end,
      position = -position where "userId" in ($1::uuid, $2::uuid) and position = 4`
    await tamper('alter table "SecurityEvent" drop constraint "SecurityEvent_position"')
    await tamper(swap, [account.userId, other.userId])
    await tamper('update "SecurityEvent" set position = -position where position < 0')
    expect(await faultsOf(account, other)).toEqual(['altered 4', 'altered 4'])
  })

  it.each([6, 4])('a row inserted without the key at position %i', async (position) => {
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

  it('a stored head that was reset to an earlier value', async () => {
    const { activityHead } = await db().user.findUniqueOrThrow({ where: { id: account.userId } })
    await record(account)
    await tamper('update "User" set "activityHead" = $2 where id = $1', [
      account.userId,
      activityHead,
    ])
    expect(await faultsOf(account)).toEqual(['cut_off 7'])
  })

  it('a hash made with the same key for another use', async () => {
    await tamper(`update "SecurityEvent" set hash = $2 where ${where} = 5`, [
      account.userId,
      keyedHash('a row', 'challenge.code'),
    ])
    expect(await faultsOf(account)).toEqual(['altered 5'])
  })
})
