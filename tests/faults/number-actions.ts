import { afterAll, beforeAll, beforeEach, expect, vi } from 'vitest'
import { checkNumber } from '@/lib/contacts'
import { createBreakers } from '@/lib/messaging/worker/breaker'
import { db } from '@/lib/platform/db'
import type { Account } from '../support/accounts'
import { deliver } from '../support/deliver'
import { type FakeOperator, startOperator } from '../support/operator'

let running: FakeOperator

export const operator = () => running

/** Starts the operator that the tests of a file ask. After them, nobody has broken a specification. */
export function askOneOperator(variables: Record<string, string> = {}) {
  beforeAll(async () => {
    running = await startOperator()
    const environment = { ...running.environment, ...variables }
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  })
  beforeEach(() => {
    running.modes = {}
    running.delayMs = 0
    running.requests.length = 0
  })
  afterAll(async () => {
    await running.close()
    expect(running.faults).toEqual([])
  })
}

/** The newest message of a kind of an account, of a challenge or by itself. */
export async function newestMessage({ userId }: Account, kind: string) {
  return db().message.findFirstOrThrow({
    where: { kind, OR: [{ challenge: { userId } }, { userId }] },
    orderBy: { createdAt: 'desc' },
  })
}

/** Delivers a message at a time as the worker does, and reads what became of it. */
export async function deliverAt(id: string, now: Date) {
  await deliver(id, { clock: () => now, breakers: createBreakers(), checkNumber })
  return db().message.findUniqueOrThrow({ where: { id } })
}

/** Delivers the newest message of a kind. */
export const deliverNewest = async (account: Account, kind: string, now: Date) =>
  deliverAt((await newestMessage(account, kind)).id, now)
