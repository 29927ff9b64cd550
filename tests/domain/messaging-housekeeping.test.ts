import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { giveBackOrphans, wipeExpired } from '@/lib/messaging/worker/housekeeping'
import { db } from '@/lib/platform/db'
import {
  clear,
  code,
  email,
  listQueue,
  minutesLater,
  NOW,
  notice,
  read,
  sms,
  written,
} from '../support/messaging-actions'

beforeEach(clear)

describe('housekeeping', () => {
  it('settles expired messages, erases expired bodies, and leaves the others', async () => {
    const [lost, failed, alive] = await written(sms(code), email(notice), {
      ...email(code),
      expiresAt: minutesLater(30),
    })
    await db().message.update({
      where: { id: failed?.id ?? '' },
      data: { failedAt: NOW, lastError: 'twilio 500' },
    })
    await wipeExpired(minutesLater(10))
    expect(await read(lost?.id ?? '')).toMatchObject({
      failedAt: minutesLater(10),
      lastError: 'expired',
      sealedBody: null,
    })
    expect(await read(failed?.id ?? '')).toMatchObject({
      failedAt: NOW,
      lastError: 'twilio 500',
      sealedBody: null,
    })
    expect(await read(alive?.id ?? '')).toMatchObject({
      failedAt: null,
      lastError: null,
      sealedBody: alive?.sealedBody,
    })
  })

  it('gives back the messages of workers that nobody knows, and of no other', async () => {
    const [orphan, kept] = await written(sms(), email())
    const workerId = randomUUID()
    await db().messageWorker.create({ data: { id: workerId, startedAt: NOW } })
    const claim = (id = '', claimedBy: string) =>
      db().message.update({ where: { id }, data: { claimedBy } })
    await claim(orphan?.id, randomUUID())
    await claim(kept?.id, workerId)
    await giveBackOrphans()
    expect(await read(orphan?.id ?? '')).toMatchObject({ claimedBy: null })
    expect(await read(kept?.id ?? '')).toMatchObject({ claimedBy: workerId })
    await db().messageWorker.deleteMany()
  })

  it('takes what another version has settled out of the queue, and nothing else', async () => {
    const [settled, fresh] = await written(sms(), email())
    await db().message.update({ where: { id: settled?.id ?? '' }, data: { failedAt: NOW } })
    await wipeExpired(NOW)
    expect((await listQueue()).map(({ id }) => id)).toEqual([fresh?.id])
  })
})
