import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { db } from '@/lib/platform/db'
import {
  add,
  added,
  confirm,
  countOf,
  find,
  LATER,
  list,
  NOW,
  newEmail,
  newPhone,
  newUser,
  ORIGIN,
  outcomeOf,
  remove,
  times,
} from '../support/address-actions'

describe('an address that was added', () => {
  it('is stored encrypted, with keyed hashes only', async () => {
    const userId = await newUser()
    const held = await added({ userId, role: 'recovery', text: 'Budi.Rahasia+x@Example.com' })
    expect(held).toMatchObject({
      userId,
      role: 'recovery',
      address: { kind: 'email', value: 'Budi.Rahasia+x@example.com' },
    })
    expect(held).toMatchObject({ addedAt: NOW, confirmedAt: null })
    expect(await list(userId)).toEqual([held])
    const row = await db().address.findUniqueOrThrow({ where: { id: held.id } })
    expect(JSON.stringify(row).toLowerCase()).not.toMatch(/rahasia|example/)
    expect(row.addedFrom).toBe(ORIGIN.ip)
  })

  it('is listed with the primaries first, then by time of addition, then by id, and only for its user', async () => {
    for (const userId of await Promise.all([1, 2, 3, 4, 5].map(newUser))) {
      const recovery = [
        await added({ userId, role: 'recovery', text: newEmail() }),
        await added({ userId, role: 'recovery', text: newPhone() }),
      ]
      const phone = await added({ userId, role: 'primary', text: newPhone(), now: LATER })
      const email = await added({ userId, role: 'primary', text: newEmail() })
      const byId = recovery.map(({ id }) => id).sort()
      expect((await list(userId)).map(({ id }) => id)).toEqual([email.id, phone.id, ...byId])
    }
  })

  it('is found as primary in any notation and case, confirmed or not', async () => {
    const userId = await newUser()
    const email = await added({ userId, role: 'primary', text: 'Siti.A@Example.ORG' })
    const phone = await added({ userId, role: 'primary', text: '0813 1111 2222' })
    expect((await find('siti.a@example.org'))?.id).toBe(email.id)
    expect((await find('SITI.A@EXAMPLE.ORG'))?.id).toBe(email.id)
    expect((await find('+62 (0)813-1111-2222'))?.id).toBe(phone.id)
    expect((await find('0062 813 1111 2222'))?.userId).toBe(userId)
    expect(await find('siti.a+x@example.org')).toBeNull()
  })

  it('is not found as primary when it is a recovery address or was removed', async () => {
    const userId = await newUser()
    const [recovery, primary] = [newEmail(), newEmail()]
    await added({ userId, role: 'recovery', text: recovery })
    const held = await added({ userId, role: 'primary', text: primary })
    await remove(held.id, LATER)
    expect([await find(recovery), await find(primary)]).toEqual([null, null])
  })
})

describe('a primary address', () => {
  it('belongs to one of twenty users who add it at once', async () => {
    const text = newEmail()
    const users = await times(20, newUser)
    const words = (
      await Promise.all(users.map((userId) => add({ userId, role: 'primary', text })))
    ).map(outcomeOf)
    expect([countOf(words, 'added'), countOf(words, 'taken')]).toEqual([1, 19])
    expect(await find(text)).not.toBeNull()
  })

  it('reserves nothing while it is not usable', async () => {
    const [owner, other, text] = [await newUser(), await newUser(), newEmail()]
    const waiting = { role: 'primary', text, worksUnconfirmed: false } as const
    for (const userId of [owner, other]) await added({ userId, ...waiting })
    expect(await find(text)).toBeNull()
    const usable = await added({ userId: await newUser(), role: 'primary', text })
    expect((await find(text))?.id).toBe(usable.id)
    await added({ userId: await newUser(), ...waiting })
  })

  it('is one per user and kind after twenty concurrent additions', async () => {
    const userId = await newUser()
    const words = (await times(20, () => add({ userId, role: 'primary', text: newPhone() }))).map(
      outcomeOf,
    )
    expect([countOf(words, 'added'), countOf(words, 'already_held')]).toEqual([1, 19])
  })

  it('is taken in any notation, until its owner removes it', async () => {
    const [owner, other] = [await newUser(), await newUser()]
    const held = await added({ userId: owner, role: 'primary', text: '0813 5555 6666' })
    expect(
      outcomeOf(await add({ userId: other, role: 'primary', text: '+62 (0)813 5555 6666' })),
    ).toBe('taken')
    await remove(held.id, LATER)
    expect(outcomeOf(await add({ userId: other, role: 'primary', text: '62 813 5555 6666' }))).toBe(
      'added',
    )
  })

  it('of one user may be the recovery address of another', async () => {
    const [owner, child, sibling] = [await newUser(), await newUser(), await newUser()]
    const text = newPhone()
    await added({ userId: owner, role: 'primary', text })
    const words = await Promise.all(
      [child, sibling].map((userId) => add({ userId, role: 'recovery', text })),
    )
    expect(words.map(outcomeOf)).toEqual(['added', 'added'])
  })

  it('cannot equal the recovery address of its user', async () => {
    const userId = await newUser()
    await added({ userId, role: 'recovery', text: 'dewi@gmail.com' })
    expect(outcomeOf(await add({ userId, role: 'primary', text: 'd.e.w.i@googlemail.com' }))).toBe(
      'already_held',
    )
  })
})

describe('confirming and removing', () => {
  it('an address is confirmed once by twenty concurrent requests', async () => {
    const { id, userId } = await added({
      userId: await newUser(),
      role: 'recovery',
      text: newEmail(),
    })
    const outcomes = await times(20, () => confirm(id, LATER))
    expect(outcomes.filter(Boolean)).toHaveLength(1)
    expect((await list(userId))[0]?.confirmedAt).toEqual(LATER)
  })

  it('an address is removed once and not confirmed afterwards', async () => {
    const { id } = await added({ userId: await newUser(), role: 'recovery', text: newEmail() })
    expect((await times(20, () => remove(id, LATER))).filter(Boolean)).toHaveLength(1)
    expect(await confirm(id, LATER)).toBe(false)
    expect(await db().address.findUnique({ where: { id } })).toMatchObject({
      removedAt: LATER,
      confirmedAt: null,
    })
  })

  it('an unknown address is neither confirmed nor removed', async () => {
    expect([await confirm(randomUUID(), NOW), await remove(randomUUID(), NOW)]).toEqual([
      false,
      false,
    ])
  })
})
