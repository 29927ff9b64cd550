import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { db, pool } from '@/lib/platform/db'
import { added, NOW, newEmail, newUser, type Role } from '../support/address-actions'

describe('the database itself refuses', () => {
  const insert = (data: {
    userId: string
    role: Role
    kind: 'email' | 'phone'
    blindIndex: string
    mailboxIndex: string
  }) =>
    db().address.create({
      data: { id: randomUUID(), sealed: 'k.x', keyId: 'k', addedAt: NOW, addedFrom: '', ...data },
    })
  const hash = () => `${randomUUID()}${randomUUID()}`.replaceAll('-', '')

  it('a second live primary with the same blind index', async () => {
    const blindIndex = hash()
    await insert({
      userId: await newUser(),
      role: 'primary',
      kind: 'email',
      blindIndex,
      mailboxIndex: hash(),
    })
    const second = insert({
      userId: await newUser(),
      role: 'primary',
      kind: 'email',
      blindIndex,
      mailboxIndex: hash(),
    })
    await expect(second).rejects.toMatchObject({ code: 'P2002' })
  })

  it('a recovery address with the mailbox index of a primary of the same user', async () => {
    const [userId, mailboxIndex] = [await newUser(), hash()]
    await insert({ userId, role: 'primary', kind: 'email', blindIndex: hash(), mailboxIndex })
    const second = insert({
      userId,
      role: 'recovery',
      kind: 'email',
      blindIndex: hash(),
      mailboxIndex,
    })
    await expect(second).rejects.toMatchObject({ code: 'P2002' })
  })

  it('a second live address of the same user, role and kind', async () => {
    const userId = await newUser()
    await insert({
      userId,
      role: 'recovery',
      kind: 'phone',
      blindIndex: hash(),
      mailboxIndex: hash(),
    })
    const second = insert({
      userId,
      role: 'recovery',
      kind: 'phone',
      blindIndex: hash(),
      mailboxIndex: hash(),
    })
    await expect(second).rejects.toMatchObject({ code: 'P2002' })
  })

  it('a blind index or mailbox index that is not a keyed hash', async () => {
    const userId = await newUser()
    const plain = insert({
      userId,
      role: 'recovery',
      kind: 'phone',
      blindIndex: '+6281234567890',
      mailboxIndex: hash(),
    })
    await expect(plain).rejects.toThrow('Address_hashes')
    const folded = insert({
      userId,
      role: 'recovery',
      kind: 'phone',
      blindIndex: hash(),
      mailboxIndex: 'budi@gmail.com',
    })
    await expect(folded).rejects.toThrow('Address_hashes')
  })

  it('the deletion of an address', async () => {
    const { id } = await added({ userId: await newUser(), role: 'recovery', text: newEmail() })
    await expect(pool().query('DELETE FROM "Address" WHERE "id" = $1', [id])).rejects.toThrow(
      'never changed or deleted',
    )
    expect(await db().address.count({ where: { id } })).toBe(1)
  })
})
