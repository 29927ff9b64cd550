import { beforeEach, describe, expect, it } from 'vitest'
import { dropWornJobs, wipeExpired } from '@/lib/messaging/worker/housekeeping'
import { db } from '@/lib/platform/db'
import {
  clear,
  code,
  email,
  listJobs,
  minutesLater,
  NOW,
  notice,
  read,
  sms,
  written,
} from '../support/messaging-actions'

beforeEach(clear)

describe('housekeeping', () => {
  it('settles expired messages without a job, erases expired bodies, and leaves the others', async () => {
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

  it('removes a replaced job and no other', async () => {
    const [worn, fresh] = await written(sms(), email())
    await db()
      .$executeRaw`UPDATE graphile_worker._private_jobs SET attempts = max_attempts, key = NULL WHERE key = ${worn?.id}`
    await dropWornJobs()
    expect((await listJobs()).map(({ key }) => key)).toEqual([fresh?.id])
  })
})
