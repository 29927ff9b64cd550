import { describe, expect, it } from 'vitest'
import { tellUsedUp } from '@/lib/activity'
import { blindIndexesOf, blindIndexOf } from '@/lib/addresses'
import { deleteOld } from '@/lib/personal-data/prune'
import { db, pool, transaction } from '@/lib/platform/db'
import { done, refuse } from '@/lib/platform/result'
import { balanceOf, creditRecoveryReward } from '@/lib/points'
import {
  atOnce,
  countOutcomes,
  DAY,
  expectDone,
  later,
  MINUTE,
  makeAccount,
  NOW,
  newOrigin,
} from '../support/accounts'
import { deliver } from '../support/deliver'
import { messagesTo } from '../support/outbox'
import { asFormer, faultsOf, rowsOf, tamper } from './activity-actions'
import { eventsOf, stop, tryLogIn, userOf } from './freeze-actions'
import { HELD, heldOf, holdReset } from './held-actions'
import { erase, isFound, makeLived, referenceOf, rowsByTable } from './person-actions'
import { register, registered } from './registration-actions'
import { complete, passedReset, start } from './reset-actions'

const sentTo = (where: object) =>
  db().message.findMany({ where: { ...where, sealedTo: { not: null } }, orderBy: { id: 'asc' } })

describe('the erasure of a person', () => {
  it('leaves the id, the chain and the ledger, and nothing else', async () => {
    const account = await makeLived()
    const before = await rowsByTable(account)
    const reference = await referenceOf(account)
    expect(await erase(account)).toEqual(done())
    const rows = await rowsByTable(account)
    const left = Object.entries(rows).filter(([, count]) => count > 0)
    expect(left).toEqual([
      ['PointsEntry', before.PointsEntry],
      ['SecurityEvent', (before.SecurityEvent ?? 0) + 1],
    ])
    for (const { ip, userAgent, detail, originSalt, detailSalt } of await rowsOf(account))
      expect([ip, userAgent, detail, originSalt, detailSalt]).toEqual(['', '', {}, null, null])
    const { name, erasedAt, passwordHash } = await userOf(account)
    expect([name, erasedAt, passwordHash]).toEqual(['–', NOW, '$argon2id$erased'])
    expect(await faultsOf(account)).toEqual([])
    expect([await isFound(account.phone.value), await isFound(reference)]).toEqual([false, false])
    expect(await tryLogIn(account.phone.value)).toEqual(refuse('login_wrong'))
  })

  it('leaves no password that waits, and no link to it', async () => {
    const account = await makeLived()
    await holdReset(account)
    const [held] = await heldOf(account)
    expect(await erase(account, HELD)).toEqual(done())
    expect(await heldOf(account)).toEqual([])
    expect(await db().holdLink.count({ where: { heldId: held?.id ?? '' } })).toBe(0)
  })

  it('tells every address once more, and nothing that was written before is sent', async () => {
    const account = await makeLived()
    const where = { event: { userId: account.userId } }
    const waiting = await sentTo(where)
    expect(waiting.length).toBeGreaterThan(5)
    await erase(account)
    const last = await sentTo(where)
    expect(last.map(({ kind }) => kind)).toEqual(Array(4).fill('notice.erased'))
    await deliver(waiting[0]?.id ?? '', { clock: () => NOW })
    expect(await db().message.findUnique({ where: { id: waiting[0]?.id ?? '' } })).toMatchObject({
      sentAt: null,
      sealedBody: null,
      lastError: 'withheld',
    })
    await deleteOld(later(3 * DAY + 1))
    expect(await sentTo(where)).toEqual([])
  })

  it('a rewarded address is not rewarded again, and a new account may have the number', async () => {
    const account = await makeLived()
    const address = account.recoveryEmail
    expect(await balanceOf(account.userId)).toBe(1_000)
    await erase(account)
    const next = await registered({ phone: account.phone })
    const credit = () =>
      transaction((tx) => creditRecoveryReward(tx, { userId: next.userId, address, now: NOW }))
    expect([await credit(), await balanceOf(next.userId)]).toEqual([0, 0])
  })

  it('anchors rows of older versions first, and is refused when one was altered', async () => {
    const [account, altered] = [await makeLived(), await makeLived()]
    await asFormer(account, 'null')
    await tamper('update "User" set "activityHead" = null where id = $1', [account.userId])
    expect(await erase(account)).toEqual(done())
    expect((await eventsOf(account)).slice(-2)).toEqual(['reanchored', 'erased'])
    expect(await faultsOf(account)).toEqual([])
    await asFormer(altered, `repeat('0', 64)`)
    expect(await erase(altered)).toEqual(refuse('activity_altered'))
    expect(await userOf(altered)).toMatchObject({ erasedAt: null, name: altered.name })
  })

  it('deletes what others began with its addresses, under every key, and what counted there', async () => {
    const account = await makeLived()
    const stored = '0'.repeat(64)
    await db().address.updateMany({
      where: { userId: account.userId, kind: 'email', role: 'primary' },
      data: { blindIndex: stored },
    })
    const counted = { path: 'password', scope: 'unknown', failures: 1, updatedAt: NOW }
    const indexes = [stored, ...blindIndexesOf(account.email), ...blindIndexesOf(account.phone)]
    await expectDone(start(account.recoveryEmail, 'primary_phone'))
    await expectDone(register({ phone: account.recoveryPhone }))
    await expectDone(register({ phone: account.phone }))
    const named = [
      ...indexes,
      blindIndexOf(account.recoveryEmail),
      blindIndexOf(account.recoveryPhone),
    ]
    await db().failureCount.createMany({
      data: indexes.map((key) => ({ ...counted, account: key })),
    })
    const [code] = await messagesTo(account.recoveryPhone)
    const [hint] = await messagesTo(account.phone)
    expect([code?.kind, hint?.kind]).toEqual(['code.register', 'already_registered'])
    await erase(account)
    expect(await db().challenge.count({ where: { rateLimitKey: { in: named } } })).toBe(0)
    expect(await db().failureCount.count({ where: { account: { in: indexes } } })).toBe(0)
    expect(await sentTo({ id: { in: [code?.id ?? '', hint?.id ?? ''] } })).toEqual([])
  })

  it('leaves no registration that names its e-mail two days after its end', async () => {
    await db().challenge.deleteMany({ where: { userId: null } })
    await expectDone(register({ email: (await makeAccount()).email }))
    const expired = later(30 * MINUTE + 2 * DAY)
    await deleteOld(new Date(expired.getTime() - 1))
    expect(await db().challenge.count({ where: { userId: null } })).toBe(1)
    await deleteOld(expired)
    expect(await db().challenge.count({ where: { userId: null } })).toBe(0)
  })

  it('is refused while the account is frozen or restricted, and a second time', async () => {
    const [frozen, restricted, erased] = [await makeLived(), await makeAccount(), await makeLived()]
    await stop(frozen, NOW)
    await complete(await passedReset(restricted))
    expect(await erase(frozen)).toEqual(refuse('account_frozen'))
    expect(await erase(restricted)).toEqual(refuse('account_restricted'))
    expect(countOutcomes(await atOnce(3, () => erase(erased)))).toEqual({
      done: 1,
      already_erased: 2,
    })
    expect((await eventsOf(erased)).filter((type) => type === 'erased')).toHaveLength(1)
  })

  it('a report of attempts that waited in the queue writes nothing into an erased account', async () => {
    const account = await makeLived()
    await erase(account)
    const { ip, userAgent } = newOrigin()
    const at = later(60).toISOString()
    await tellUsedUp({ userId: account.userId, what: 'password', ip, userAgent, at })
    expect((await eventsOf(account)).at(-1)).toBe('erased')
  })

  it('a live address is not deleted by any other way', async () => {
    const { userId } = await makeLived()
    const deletion = pool().query('delete from "Address" where "userId" = $1', [userId])
    await expect(deletion).rejects.toThrow('never changed or deleted')
  })
})
