import { randomInt } from 'node:crypto'
import { expect, vi } from 'vitest'
import { fromStored } from '@/lib/addresses'
import { type Outgoing, sendMessages } from '@/lib/messaging'
import { db, transaction } from '@/lib/platform/db'
import type { Channel } from '@/prisma/client/enums'

/** A message in the hands of a worker that dies is with another one within a minute. */
const TAKEOVER_MS = 60_000
export const TEST_MS = 150_000

const BATCH = 25
export const PATIENCE = { timeout: TAKEOVER_MS, interval: 100 }

export const PHONE = fromStored('phone', '+6281298765432')
export const EMAIL = fromStored('email', 'budi@example.com')

type RecoveryMethod = {
  to?: typeof PHONE | typeof EMAIL
  channel?: Channel
  lifetimeSeconds?: number
  code?: string
}

const toSend = ({
  to = PHONE,
  channel = to.kind === 'email' ? 'email' : 'sms',
  lifetimeSeconds = 600,
  code = newCode(),
}: RecoveryMethod): Outgoing & { code: string } => ({
  to,
  channel,
  content: { kind: 'code', purpose: 'reset_password', code, lifetimeSeconds: 600 },
  locale: 'id',
  expiresAt: new Date(Date.now() + lifetimeSeconds * 1_000),
  code,
})

const newCode = () => String(randomInt(1_000_000)).padStart(6, '0')

/** Sends a code in a transaction of its own, and returns it. */
export async function sendCode(way: RecoveryMethod = {}): Promise<string> {
  const { code, ...message } = toSend(way)
  await transaction((tx) => sendMessages(tx, [message], new Date()))
  return code
}

/** Sends so many codes, each another one, in a few transactions. */
export async function sendCodes(count: number): Promise<string[]> {
  const first = randomInt(900_000)
  const messages = Array.from({ length: count }, (_, index) =>
    toSend({ code: String(first + index).padStart(6, '0') }),
  )
  for (let start = 0; start < count; start += BATCH) {
    const batch = messages.slice(start, start + BATCH)
    await transaction((tx) => sendMessages(tx, batch, new Date()))
  }
  return messages.map(({ code }) => code)
}

/** Sends a notice by SMS; its reference tells it from others. */
export async function sendNotice(reference: string) {
  const now = new Date()
  const content = {
    kind: 'notice',
    event: 'password_reset',
    at: now.toISOString(),
    device: '',
    reference,
  } as const
  const expiresAt = new Date(now.getTime() + TEST_MS * 10)
  await transaction((tx) =>
    sendMessages(tx, [{ to: PHONE, channel: 'sms', content, locale: 'id', expiresAt }], now),
  )
}

const countSent = () => db().message.count({ where: { sentAt: { not: null } } })
export const untilSent = (count: number) =>
  vi.waitFor(async () => expect(await countSent()).toBe(count), PATIENCE)
export const countWaiting = () => db().message.count({ where: { runAt: { not: null } } })
export const untilNoneWaits = () =>
  vi.waitFor(async () => expect(await countWaiting()).toBe(0), PATIENCE)
