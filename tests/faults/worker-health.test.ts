import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { renderEmail } from '@/emails'
import { type RunningWorker, runWorker } from '@/lib/messaging'
import { env } from '@/lib/platform/env'
import { startHealth } from '@/server/health'
import { portOf } from '../support/fake-providers'
import { sendCodes, untilNoneWaits } from './causes'
import { startFakes } from './messaging-fakes'

const PATIENCE = { timeout: 30_000, interval: 100 }
/** Longer than the second after which an idle worker asks the queue again. */
const STALE_AFTER_MS = 5_000

const running: RunningWorker[] = []
const fakes = await startFakes()
const health = await startHealth({ port: 0, host: '127.0.0.1', staleAfterMs: STALE_AFTER_MS })

const status = async () => {
  const answer = await fetch(`http://127.0.0.1:${portOf(health.address())}/healthz`)
  return `${answer.status} ${await answer.text()}`
}

const untilStatus = (words: RegExp) =>
  vi.waitFor(async () => expect(await status()).toMatch(words), PATIENCE)

beforeAll(async () => {
  running.push(await runWorker({ renderEmail }))
})

afterEach(() => {
  fakes.answers.twilio = 'accept'
})

afterAll(async () => {
  await Promise.all(running.map((worker) => worker.stop()))
  health.close()
})

it('the worker is unwell while every send of a channel hangs, and well before and afterwards', async () => {
  await untilStatus(/^200 ok$/m)
  fakes.answers.twilio = 'hang'
  await sendCodes(env().WORKER_CONCURRENCY + 2)
  await untilStatus(/^503 the queue has made no step for \d+ s$/m)
  fakes.answers.twilio = 'accept'
  await untilStatus(/^200 ok$/m)
  await untilNoneWaits()
}, 90_000)
