import { setTimeout as sleep } from 'node:timers/promises'
import { queuePool } from '@/lib/platform/db'
import type { Urgency } from '../content/urgency'
import { rateOf } from '../providers/rates'
import { createTurns, type Turns } from './turns'

/** Turns of this time are taken by one statement. */
const TOGETHER_SECONDS = 0.1

/** A provider that asks for a longer pause does not keep sends waiting. */
const LONGEST_WAIT_SECONDS = 10

const seconds = (value: string) => `make_interval(secs => ${value}::float8)`

/**
 * Takes turns: $2 seconds, beginning when the last one ends. "laterAt" is written for workers of the
 * version before.
 */
const TAKE = `
  INSERT INTO "ProviderPace" AS pace (provider, "nextAt", "laterAt")
  VALUES ($1, clock_timestamp() + ${seconds('$2')}, clock_timestamp())
  ON CONFLICT (provider) DO UPDATE SET "nextAt" = greatest(pace."nextAt", clock_timestamp()) + ${seconds('$2')}
  RETURNING greatest(0, extract(epoch FROM pace."nextAt" - ${seconds('$2')} - clock_timestamp()))::float8 AS wait`

const HOLD = `
  INSERT INTO "ProviderPace" AS pace (provider, "nextAt", "laterAt")
  VALUES ($1, clock_timestamp() + ${seconds('$2')}, clock_timestamp())
  ON CONFLICT (provider) DO UPDATE SET "nextAt" = greatest(pace."nextAt", clock_timestamp() + ${seconds('$2')})`

/** `now`: it is this message's turn. `stopped`: the worker stops. A number: wait so many seconds. */
export type Turn = 'now' | 'stopped' | number

type Waiting = { resolve(turn: Turn): void; reject(reason: unknown): void }
type Line = { turns: Turns<Waiting>; isMoving: boolean }

const lines = new Map<string, Line>()

/**
 * Waits until a provider with a rate (`RESEND_PER_SECOND` and the like) may be sent another message.
 * All workers of a database share the rate. Codes go before other messages (`turns.ts`). During a
 * longer pause it returns after how many seconds the message should come back. How many wait is
 * limited by the lane of the channel (`lane.ts`).
 */
export async function takeTurn(
  provider: string,
  urgency: Urgency,
  stop?: AbortSignal,
): Promise<Turn> {
  const rate = rateOf(provider)
  if (rate === undefined) return 'now'
  const line = lineOf(provider)
  const turn = join(line.turns, urgency, stop)
  if (!line.isMoving) void move(line, provider, rate)
  return turn
}

/**
 * Gives no turns of a provider for so many seconds, in all workers. Returns false for a provider
 * without a rate, which has no turns, and when the database fails.
 */
export async function holdProvider(provider: string, waitSeconds: number): Promise<boolean> {
  if (rateOf(provider) === undefined) return false
  return queuePool()
    .query(HOLD, [provider, waitSeconds])
    .then(
      () => true,
      () => false,
    )
}

function lineOf(provider: string): Line {
  const line = lines.get(provider) ?? { turns: createTurns<Waiting>(), isMoving: false }
  lines.set(provider, line)
  return line
}

async function join(
  turns: Turns<Waiting>,
  urgency: Urgency,
  stop: AbortSignal | undefined,
): Promise<Turn> {
  let leave = () => {}
  const turn = new Promise<Turn>((resolve, reject) => {
    const entry = { resolve, reject }
    turns.add(urgency, entry)
    leave = () => {
      turns.remove(urgency, entry)
      resolve('stopped')
    }
  })
  if (stop?.aborted) leave()
  stop?.addEventListener('abort', leave, { once: true })
  return turn.finally(() => stop?.removeEventListener('abort', leave))
}

/** Takes turns while somebody waits, and gives each at its time to the one who is first then. */
async function move(line: Line, provider: string, rate: number) {
  const { turns } = line
  line.isMoving = true
  try {
    for (let count = turns.count(); count > 0; count = turns.count()) {
      const taken = Math.max(1, Math.min(count, Math.floor(rate * TOGETHER_SECONDS)))
      const wait = await take(provider, taken / rate)
      if (wait > LONGEST_WAIT_SECONDS) for (const { resolve } of turns.takeAll()) resolve(wait)
      else await sleep(1_000 * wait)
      for (let turn = 0; turn < taken; turn++) turns.next()?.resolve('now')
    }
  } catch (error) {
    // Each of these messages is tried again.
    for (const { reject } of turns.takeAll()) reject(error)
  } finally {
    line.isMoving = false
  }
}

async function take(provider: string, forSeconds: number): Promise<number> {
  const { rows } = await queuePool().query<{ wait: number }>(TAKE, [provider, forSeconds])
  return rows[0]?.wait ?? 0
}
