import { setTimeout as sleep } from 'node:timers/promises'
import type { PoolClient } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { sendMessages } from '@/lib/messaging'
import { WAKE_UP_CHANNEL, wakeWorkers } from '@/lib/messaging/outbox/wake-up'
import { pool, transaction } from '@/lib/platform/db'
import { clear, NOW, sms } from '../support/messaging-actions'

/** A wake-up is at most every 15 ms. */
const APART_MS = 15
const COMMITS = 100
const PATIENCE = { timeout: 10_000 }

let listener: PoolClient
let woken = 0

beforeAll(async () => {
  listener = await pool().connect()
  listener.on('notification', () => {
    woken += 1
  })
  await listener.query(`LISTEN "${WAKE_UP_CHANNEL}"`)
})

beforeEach(async () => {
  await clear()
  await sleep(2 * APART_MS)
  woken = 0
})

afterAll(() => listener.release(true))

it('a commit wakes the workers', async () => {
  await transaction((tx) => sendMessages(tx, [sms()], NOW))
  await vi.waitFor(() => expect(woken).toBe(1), PATIENCE)
})

it('many commits at once wake them at the first and after the last', async () => {
  for (let commit = 0; commit < COMMITS; commit++) wakeWorkers()
  await vi.waitFor(() => expect(woken).toBe(2), PATIENCE)
  await sleep(4 * APART_MS)
  expect(woken).toBe(2)
})

it('a transaction that rolls back wakes nobody', async () => {
  const cause = transaction(async (tx) => {
    await sendMessages(tx, [sms()], NOW)
    throw new Error('the cause fails')
  })
  await expect(cause).rejects.toThrow('the cause fails')
  await sleep(4 * APART_MS)
  expect(woken).toBe(0)
})
