import { beforeEach, describe, expect, it, vi } from 'vitest'
import { applyEarlyReceipts, type Receipt } from '@/lib/messaging/webhooks/receipts'
import { db } from '@/lib/platform/db'
import { log } from '@/lib/platform/log'
import { atOnce } from '@/tests/support/accounts'
import { clear, minutesLater, read } from '../support/messaging-actions'
import {
  DELIVERED,
  FAILED,
  LATER,
  LATEST,
  receipt,
  sent,
  sentAgain,
  stateOf,
  unreachableSince,
} from './receipt-actions'

beforeEach(clear)

describe('a receipt that arrives before its message is known', () => {
  const store = (id: string) => db().message.update({ where: { id }, data: { providerId: 'SM1' } })
  const early = () => db().earlyReceipt.count()

  beforeEach(() => db().earlyReceipt.deleteMany())

  it.each<[Receipt['state'], typeof DELIVERED | typeof FAILED, Date | null]>([
    ['delivered', DELIVERED, null],
    ['undeliverable', FAILED, LATER],
  ])('is kept, and marks the message as %s once it is known', async (state, expected, since) => {
    const { id, messageId } = await sent({ providerId: 'unknown' })
    await receipt(state)
    await applyEarlyReceipts(LATER)
    expect([await early(), (await read(messageId)).deliveredAt]).toEqual([1, null])
    await store(messageId)
    await applyEarlyReceipts(LATEST)
    expect(await stateOf(messageId)).toEqual(expected)
    expect(await unreachableSince(id)).toEqual(since)
    expect(await early()).toBe(0)
  })

  it('is applied once, for concurrent workers and repeated receipts', async () => {
    const { messageId } = await sent({ providerId: 'unknown' })
    await atOnce(5, () => receipt('undeliverable'))
    await receipt('delivered')
    expect(await early()).toBe(2)
    await store(messageId)
    const warn = vi.spyOn(log, 'warn')
    await atOnce(5, () => applyEarlyReceipts(LATEST))
    expect(warn).toHaveBeenCalledTimes(1)
    expect(await stateOf(messageId)).toEqual(DELIVERED)
    warn.mockRestore()
  })

  it('is dropped after an hour', async () => {
    await receipt('delivered')
    await applyEarlyReceipts(minutesLater(60))
    expect(await early()).toBe(1)
    await applyEarlyReceipts(minutesLater(62))
    expect(await early()).toBe(0)
  })
})

describe('a late failure', () => {
  it('does not mark an address that received a later message', async () => {
    const { id, messageId, text } = await sent()
    await sentAgain(text, { providerId: 'SM2', sentAt: LATER })
    await receipt('delivered', { providerId: 'SM2' })
    await receipt('undeliverable', { now: LATEST })
    expect(await unreachableSince(id)).toBeNull()
    expect(await stateOf(messageId)).toMatchObject({ failedAt: LATEST })
  })

  it('marks an address that has received nothing since', async () => {
    const { id, text } = await sent()
    await sentAgain(text, { providerId: 'SM2', sentAt: LATER })
    await receipt('delivered')
    await receipt('undeliverable', { providerId: 'SM2', now: LATEST })
    expect(await unreachableSince(id)).toEqual(LATEST)
  })

  it('does not mark an address that was confirmed since', async () => {
    const { id } = await sent()
    await db().address.update({ where: { id }, data: { confirmedAt: LATER } })
    await receipt('undeliverable', { now: LATEST })
    expect(await unreachableSince(id)).toBeNull()
  })
})
