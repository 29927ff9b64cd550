import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { closeDb } from '@/lib/platform/db'
import { emptyDatabase } from '../support/empty-database'
import {
  allRings,
  command,
  newKey,
  query,
  type Started,
  sealedUnder,
  startUnder,
} from './key-process'

const COPIES = 1_200
const [OLD, NEW] = [newKey('k1'), newKey('k2')]

// Most of these tests start several processes.
vi.setConfig({ testTimeout: 60_000 })

beforeEach(emptyDatabase)

afterEach(async () => {
  vi.unstubAllEnvs()
  vi.resetModules()
  await closeDb()
})

/** Every kind of row: an account in a restriction, with open codes, unsent messages and mail. */
async function fill({ accounts, recovery, resets, inbox }: Started) {
  const account = await accounts.makeRecoverable()
  await accounts.expectDone(resets.complete(await resets.passedReset(account)))
  const soon = accounts.later(60)
  const [lifter] = (await recovery.findRestriction(account.userId, soon))?.lifters ?? []
  await accounts.expectDone(
    recovery.requestLift(accounts.callerOf(account, soon), lifter?.id ?? ''),
  )
  const mail = { to: account.email, kind: 'reminder', subject: 'Halo', text: 'Halo' }
  const delivery = {
    idempotencyKey: randomUUID(),
    expiresAt: soon,
    signal: AbortSignal.timeout(1e5),
  }
  await inbox.inbox('email').send(mail, delivery)
  return { ...account, soon }
}

const staleOf = async ({ keys }: Started) => {
  const counts: number[] = []
  for (const table of keys.SEALED_TABLES) counts.push(await keys.countStale(table))
  return counts.reduce((sum, count) => sum + count, 0)
}

/** Copies of a message, which are more than one part of a reseal. */
const copyMessages = () =>
  query(
    `insert into "Message" (id, channel, kind, "sealedTo", "sealedBody", locale, "createdAt", "expiresAt")
     select gen_random_uuid(), channel, kind, "sealedTo", "sealedBody", locale, "createdAt", "expiresAt"
     from (select * from "Message" where "sealedTo" is not null limit 1) as one, generate_series(1, $1)`,
    [COPIES],
  )

describe('a reseal', () => {
  it('writes every row anew: afterwards a process without the old keys reads and finds them all', async () => {
    const account = await fill(await startUnder(allRings(OLD)))
    expect(await sealedUnder()).toEqual(['k1'])
    const rotated = await startUnder(allRings(`${NEW},${OLD}`))
    const { code, text } = await command('keys', 'reseal')
    expect([code, text]).toEqual([
      0,
      expect.stringContaining('Every row is under the current keys.'),
    ])
    expect(text).toMatch(/addresses: [3-9] row\(s\) written anew\./)
    expect(await sealedUnder()).toEqual(['k2'])
    expect(await rotated.recovery.rehashRestrictions(account.soon)).toBe(1)

    const alone = await startUnder(allRings(NEW))
    const { addresses, recovery, inbox, outbox, platform } = alone
    for (const address of [account.email, account.phone])
      expect(await addresses.findPrimary(platform.db(), address)).toMatchObject({ address })
    expect((await outbox.messagesTo(account.phone)).length).toBeGreaterThan(0)
    expect(await inbox.listInbox(account.email, 9)).toHaveLength(1)
    const restriction = await recovery.findRestriction(account.userId, account.soon)
    expect(restriction?.lifters.map(({ mask }) => mask)).toEqual([
      addresses.maskAddress(account.recovery),
    ])
    expect(await staleOf(alone)).toBe(0)
  })

  it('that is stopped goes on where it ended', async () => {
    await fill(await startUnder(allRings(OLD)))
    await copyMessages()
    const rotated = await startUnder(allRings(`${NEW},${OLD}`))
    const messages = rotated.keys.SEALED_TABLES.find(({ table }) => table === 'Message')
    if (!messages) throw new Error('no messages')
    const before = await rotated.keys.countStale(messages)
    for await (const { changed } of rotated.keys.resealTable(messages)) {
      expect(changed).toBe(500)
      break
    }
    expect(await rotated.keys.countStale(messages)).toBe(before - 500)
    expect((await command('keys', 'reseal')).text).toContain(
      `messages: ${before - 500} row(s) written anew.`,
    )
  })

  it('leaves a row that the product is changing, and loses nothing of the change', async () => {
    const account = await fill(await startUnder(allRings(OLD)))
    const rotated = await startUnder(allRings(`${NEW},${OLD}`))
    const changing = await rotated.platform.pool().connect()
    await changing.query('begin')
    const held = await changing.query(
      `update "Address" set "addedFrom" = 'changed' where "userId" = $1 and role = 'recovery'`,
      [account.userId],
    )
    expect((await command('keys', 'reseal')).text).toContain(`${held.rowCount} row(s) are left.`)
    await changing.query('commit')
    changing.release()
    expect((await command('keys', 'reseal')).text).toContain('addresses: 1 row(s) written anew.')
    const { rows } = await query(
      `select "addedFrom", "keyId", split_part(sealed, '.', 1) as sealed from "Address" where role = 'recovery'`,
    )
    expect(rows).toEqual([{ addedFrom: 'changed', keyId: 'k2', sealed: 'k2' }])
    expect(await staleOf(rotated)).toBe(0)
  })

  it('deadlocks no transaction of the product, and none loses its change', async () => {
    const old = await startUnder(allRings(OLD))
    const many = await Promise.all(Array.from({ length: 20 }, () => old.accounts.makeAccount()))
    const { keys, addresses, accounts, platform } = await startUnder(allRings(`${NEW},${OLD}`))
    const [table] = keys.SEALED_TABLES
    if (!table) throw new Error('no table')
    const changes = many.map((account, nth) =>
      platform.transaction(async (tx) => {
        for (const address of nth % 2
          ? [account.email, account.phone]
          : [account.phone, account.email])
          await addresses.markUnreachable(tx, address, { sentAt: accounts.NOW, now: accounts.NOW })
      }),
    )
    const resealing = (async () => {
      while ((await keys.countStale(table)) > 0) for await (const _ of keys.resealTable(table));
    })()
    await Promise.all([...changes, resealing])
    const where = { unreachableAt: accounts.NOW, keyId: 'k2' }
    expect(await platform.db().address.count({ where })).toBe(2 * many.length)
  })

  it('names a row whose key is missing, and one that equals another', async () => {
    const { accounts } = await startUnder(allRings(OLD))
    const [one, other] = [await accounts.makeAccount(), await accounts.makeAccount()]
    // Versions before this one wrote with any key, and gave one number to two accounts.
    await query('delete from "KeyUse"')
    const lost = await startUnder(allRings(newKey('k0')))
    const unreadable = await lost.accounts.makeAccount()
    await query('delete from "KeyUse"')
    const rotated = await startUnder(allRings(`${NEW},${OLD}`))
    await expect(rotated.accounts.makeNewAccount({ phone: one.phone })).rejects.toThrow('taken')
    const user = await rotated.accounts.makeAccount()
    await query(
      `update "Address" as held set (sealed, "blindIndex", "mailboxIndex", "keyId") = ($2, $3, $4, 'k2') where "userId" = $1 and kind = 'phone'`,
      [user.userId, ...(await sealedAs(rotated, other.phone))],
    )
    const { code, text } = await command('keys', 'reseal')
    expect(code).toBe(1)
    expect(text).toMatch(/addresses: \S{36} is held twice\./)
    expect(text.match(/addresses: \S{36} cannot be decrypted with these keys\./g)).toHaveLength(2)
    const found = await rotated.addresses.findPrimary(rotated.platform.db(), one.phone)
    expect([found?.userId, unreadable.userId === found?.userId]).toEqual([one.userId, false])
  })
})

async function sealedAs(
  { addresses }: Started,
  phone: Parameters<Started['addresses']['blindIndexOf']>[0],
) {
  const { seal } = await import('@/lib/platform/crypto')
  return [
    seal(phone.value, 'address'),
    addresses.blindIndexOf(phone),
    addresses.mailboxIndexOf(phone),
  ]
}
