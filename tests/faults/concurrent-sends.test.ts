import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, it, vi } from 'vitest'
import { db } from '@/lib/platform/db'
import { EMAIL, PATIENCE, sendCode, sendCodes, TEST_MS } from './causes'
import { startFakes } from './messaging-fakes'
import { killWorkerProcesses, startWorkerProcess } from './worker-process'

/** Much longer than a message takes from its claim to its send. */
const MORE_MS = 1_000

const fakes = await startFakes()

afterEach(killWorkerProcesses)

const countClaimed = () => db().message.count({ where: { claimedBy: { not: null } } })

it(
  'a worker claims twice as many codes as WORKER_CONCURRENCY, and sends no more than that at a time',
  async () => {
    fakes.answers.twilio = 'hang'
    await sendCodes(6)
    await startWorkerProcess(fakes.url, { WORKER_CONCURRENCY: '2' })
    await vi.waitFor(async () => expect(await countClaimed()).toBe(4), PATIENCE)
    await vi.waitFor(() => expect(fakes.received).toHaveLength(2), PATIENCE)
    await sleep(MORE_MS)
    expect(fakes.received).toHaveLength(2)
  },
  TEST_MS,
)

it(
  'an e-mail provider that does not answer does not hold codes by SMS',
  async () => {
    fakes.answers.resend = 'hang'
    await startWorkerProcess(fakes.url, { WORKER_CONCURRENCY: '2' })
    for (let email = 0; email < 6; email++) await sendCode({ to: EMAIL })
    const to = (provider: string) => fakes.received.filter((one) => one.provider === provider)
    await vi.waitFor(() => expect(to('resend')).toHaveLength(2), PATIENCE)
    await sendCodes(6)
    await vi.waitFor(() => expect(to('twilio')).toHaveLength(6), { timeout: 8_000 })
    expect(to('resend')).toHaveLength(2)
  },
  TEST_MS,
)
