import { describe, expect, it } from 'vitest'
import { addAddress } from '@/lib/addresses'
import { db, transaction } from '@/lib/platform/db'
import {
  add,
  added,
  countOf,
  LATER,
  list,
  NOW,
  newEmail,
  newPhone,
  newUser,
  ORIGIN,
  outcomeOf,
  overtake,
  parse,
  type Role,
  remove,
  times,
} from '../support/address-actions'

describe('a recovery address', () => {
  it.each([
    ['0812 9999 0001', '+62 (0)812-9999-0001'],
    ['0812 9999 0002', '62 812 9999 0002'],
    ['0812 9999 0003', '０８１２９９９９０００３'],
    ['0812 9999 0004', '0062 812 9999 0004'],
    ['ani1@example.com', 'ANI1@EXAMPLE.COM'],
    ['ani2@example.com', 'ani2@ｅｘａｍｐｌｅ.com'],
    ['ani3@example.com', 'ani3+recovery@example.com'],
    ['ani4+toko@example.com', 'ani4@example.com'],
    ['ani5@gmail.com', 'a.n.i.5@gmail.com'],
    ['an.i6@googlemail.com', 'ani6+x@gmail.com'],
    ['ani7@münchen.example', 'ani7@xn--mnchen-3ya.example'],
  ])('differs from the primary %s, also written %s', async (primary, recovery) => {
    const userId = await newUser()
    await added({ userId, role: 'primary', text: primary })
    expect(outcomeOf(await add({ userId, role: 'recovery', text: recovery }))).toBe(
      'same_as_primary',
    )
    expect(await list(userId)).toHaveLength(1)
  })

  it('differs from the primary when both are added at once: one of the two is kept', async () => {
    await times(10, async () => {
      const userId = await newUser()
      const text = newEmail()
      const roles: Role[] = ['primary', 'recovery']
      const words = (await Promise.all(roles.map((role) => add({ userId, role, text })))).map(
        outcomeOf,
      )
      expect(countOf(words, 'added')).toBe(1)
      expect(words.some((word) => word === 'same_as_primary' || word === 'already_held')).toBe(true)
    })
  })

  it('is added once by twenty concurrent requests', async () => {
    const userId = await newUser()
    const text = newEmail()
    const words = (await times(20, () => add({ userId, role: 'recovery', text }))).map(outcomeOf)
    expect([countOf(words, 'added'), countOf(words, 'already_held')]).toEqual([1, 19])
    expect(await list(userId)).toHaveLength(1)
  })

  it('is at most one e-mail address and one number', async () => {
    const userId = await newUser()
    const first = [
      await add({ userId, role: 'recovery', text: newEmail() }),
      await add({ userId, role: 'recovery', text: newPhone() }),
    ]
    const second = [
      await add({ userId, role: 'recovery', text: newEmail() }),
      await add({ userId, role: 'recovery', text: newPhone() }),
    ]
    expect(first.map(outcomeOf)).toEqual(['added', 'added'])
    expect(second.map(outcomeOf)).toEqual(['already_held', 'already_held'])
  })

  it('can be added again after its removal, and both rows are kept', async () => {
    const userId = await newUser()
    const text = newEmail()
    const first = await added({ userId, role: 'recovery', text })
    await remove(first.id, LATER)
    const second = await added({ userId, role: 'recovery', text, now: LATER })
    expect((await list(userId)).map(({ id }) => id)).toEqual([second.id])
    expect(await db().address.count({ where: { userId } })).toBe(2)
  })

  it('is live at most once after twenty concurrent removals and additions', async () => {
    const userId = await newUser()
    const text = newEmail()
    await times(20, async (index) => {
      const outcome = await add({ userId, role: 'recovery', text })
      if (outcome.ok && index % 2) await remove(outcome.value.id, LATER)
    })
    expect((await list(userId)).length).toBeLessThanOrEqual(1)
  })

  it('that another transaction commits first is refused with a reason, and its own transaction continues', async () => {
    const userId = await newUser()
    const [contested, other] = [parse(newEmail()), parse(newPhone())]
    const base = { userId, role: 'recovery', confirmedAt: null, origin: ORIGIN, now: NOW } as const
    const [, words] = await overtake(
      (tx) => addAddress(tx, { ...base, address: contested }),
      async (tx) => [
        outcomeOf(await addAddress(tx, { ...base, address: contested })),
        outcomeOf(await addAddress(tx, { ...base, address: other })),
      ],
    )
    expect(words).toEqual(['already_held', 'added'])
    expect(await list(userId)).toHaveLength(2)
  })

  it('is added after another transaction rolled it back', async () => {
    const userId = await newUser()
    const added = {
      userId,
      role: 'recovery',
      address: parse(newEmail()),
      confirmedAt: null,
      origin: ORIGIN,
      now: NOW,
    } as const
    const [rival, word] = await overtake(
      async (tx) => {
        await addAddress(tx, added)
        throw new Error('taken back')
      },
      async (tx) => outcomeOf(await addAddress(tx, added)),
    )
    expect([rival, word]).toEqual([new Error('taken back'), 'added'])
    expect(await list(userId)).toHaveLength(1)
  })

  it('is not stored when its transaction fails', async () => {
    const userId = await newUser()
    const address = parse(newEmail())
    const failing = transaction(async (tx) => {
      await addAddress(tx, {
        userId,
        role: 'recovery',
        address,
        confirmedAt: null,
        origin: ORIGIN,
        now: NOW,
      })
      throw new Error('later step failed')
    })
    await expect(failing).rejects.toThrow('later step failed')
    expect(await list(userId)).toEqual([])
  })
})
