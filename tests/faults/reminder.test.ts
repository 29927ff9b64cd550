import { afterEach, expect, it, vi } from 'vitest'
import { db } from '@/lib/platform/db'
import { makeRecoverable } from '@/tests/support/accounts'
import { startFakeProviders } from '@/tests/support/fake-providers'
import { PATIENCE, TEST_MS } from './causes'
import { killWorkerProcesses, startWorkerProcess } from './worker-process'

const YEAR_MS = 366 * 24 * 60 * 60 * 1_000

afterEach(killWorkerProcesses)

it('R70 two workers that start at once send one reminder, and end when they are told', {
  timeout: TEST_MS,
}, async () => {
  const fakes = await startFakeProviders()
  const { userId, phone } = await makeRecoverable()
  await db().message.deleteMany()
  await db().address.updateMany({
    where: { userId, role: 'recovery' },
    data: { lastVerifiedAt: new Date(Date.now() - YEAR_MS) },
  })
  const workers = await Promise.all([startWorkerProcess(fakes.url), startWorkerProcess(fakes.url)])
  await vi.waitFor(
    async () => expect(await db().message.findFirst()).toMatchObject({ sentAt: expect.any(Date) }),
    PATIENCE,
  )
  expect(await Promise.all(workers.map((worker) => worker.end()))).toEqual([0, 0])
  expect(fakes.received).toMatchObject([
    { to: phone.value, text: expect.stringContaining('Periksa sekali setahun') },
  ])
  expect(await db().message.count()).toBe(1)
  await fakes.close()
})
