import { describe, expect, it } from 'vitest'
import { listActivity } from '@/lib/activity'
import { maskAddress } from '@/lib/addresses'
import { db } from '@/lib/platform/db'
import { later, makeAccount, makeRecoverable, NOW } from '../support/accounts'
import { record } from './activity-actions'

describe('R59 the activity that the customer sees', () => {
  it('lists the latest event first, with masked address, time and reference', async () => {
    const account = await makeRecoverable()
    const { entries, next } = await listActivity(account.userId)
    expect(entries.map(({ type }) => type)).toEqual([
      'recovery_confirmed',
      'recovery_added',
      'registered',
    ])
    expect(entries[0]).toMatchObject({ about: maskAddress(account.recovery), at: NOW, position: 3 })
    expect(entries[0]?.reference).toMatch(/^[2-9B-Z]{8}$/)
    expect(JSON.stringify(entries)).not.toContain(account.recovery.value)
    expect(next).toBeUndefined()
  })

  it('hides the reason that customer care gave', async () => {
    const account = await makeAccount()
    await db().securityEvent.create({
      data: {
        id: crypto.randomUUID(),
        userId: account.userId,
        position: 2,
        type: 'unfrozen_by_care',
        at: NOW,
        ip: 'care',
        userAgent: '',
        detail: { reason: 'rahasia petugas' },
        reference: 'BCDF2345',
      },
    })
    expect(JSON.stringify(await listActivity(account.userId))).not.toContain('rahasia')
  })

  it('counts the notices of each event by delivery state', async () => {
    const account = await makeRecoverable()
    await record(account, 'new_device')
    const event = await db().securityEvent.findFirstOrThrow({
      where: { userId: account.userId, type: 'new_device' },
    })
    const messages = await db().message.findMany({ where: { eventId: event.id } })
    expect(messages).toHaveLength(3)
    const countOutcomes = async () => (await listActivity(account.userId)).entries[0]?.notices
    expect(await countOutcomes()).toEqual({ sending: 3, sent: 0, delivered: 0, failed: 0 })
    const [one, two, three] = messages.map(({ id }) => ({ id }))
    if (!one || !two || !three) throw new Error('a notice is missing')
    await db().message.update({ where: one, data: { sentAt: NOW, sealedBody: null } })
    await db().message.update({
      where: two,
      data: { sentAt: NOW, deliveredAt: later(1), sealedBody: null },
    })
    await db().message.update({ where: three, data: { failedAt: NOW } })
    expect(await countOutcomes()).toEqual({ sending: 0, sent: 1, delivered: 1, failed: 1 })
  })

  it('has pages of fifty without gaps or repeats, and only the customer’s own events', async () => {
    const account = await makeAccount()
    await record(await makeAccount())
    for (let events = 0; events < 100; events++) await record(account)
    const pages = [await listActivity(account.userId)]
    for (let next = pages[0]?.next; next !== undefined; next = pages.at(-1)?.next)
      pages.push(await listActivity(account.userId, next))
    expect(pages.map(({ entries }) => entries.length)).toEqual([50, 50, 1])
    const positions = pages.flatMap(({ entries }) => entries.map(({ position }) => position))
    expect(positions).toEqual(Array.from({ length: 101 }, (_, index) => 101 - index))
    expect(await listActivity(account.userId, 1)).toEqual({ entries: [], next: undefined })
  })
})
