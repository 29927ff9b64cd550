import 'server-only'
import { setImmediate as endOfTurn, setTimeout as sleep } from 'node:timers/promises'
import { codeOf } from './command'
import { env } from './env'
import { log } from './log'

const CONNECT_LIMIT_MS = 500
/** Shorter, so that no attempt is still open when its client is destroyed. */
const SOCKET_LIMIT_MS = 400
const CHECK_PAUSE_MS = 400
const ANSWER_LIMIT_MS = 500
const RETRY_FIRST_MS = 100
const RETRY_LAST_MS = 5_000

/** Every key of the product in Redis starts with it, so that others can use the same database. */
export const REDIS_PREFIX = 'recovery-account:'

/** A script that writes, as the counters do: a replica, and a full memory, refuse it. */
const CHECK = "return redis.call('set', KEYS[1], 1, 'EX', 60)"
const CHECKED = { keys: [`${REDIS_PREFIX}check`] }

type Client = Awaited<ReturnType<typeof createClient>>
type Held = { current: Promise<Client | undefined>; closing: AbortController; ended: Promise<void> }

const store: typeof globalThis & { recoveryAccountRedis?: Held | undefined } = globalThis

/**
 * The connection of this process to the Redis or Valkey of `REDIS_URL`, opened at first use and
 * opened again by itself. Undefined without `REDIS_URL`, and while Redis does not serve: it cannot
 * be reached, gives no answer, or refuses to write. The first use waits at most 500 ms for the
 * connection, later ones do not wait. A command that gets no answer fails within 900 ms.
 */
export async function redis(): Promise<Client | undefined> {
  const url = env().REDIS_URL
  if (url === undefined) return undefined
  store.recoveryAccountRedis ??= hold(url)
  return store.recoveryAccountRedis.current
}

/** Closes the connection; the next use opens another. */
export async function closeRedis(): Promise<void> {
  const held = store.recoveryAccountRedis
  store.recoveryAccountRedis = undefined
  held?.closing.abort()
  await held?.ended
}

function hold(url: string): Held {
  const first = connect(url)
  const current = first.catch(() => undefined)
  const held = { current, closing: new AbortController(), ended: Promise.resolve() }
  held.ended = keepConnected(held, url, first)
  return held
}

/**
 * Connects, and connects again after a loss, until it is closed. Logs one line per outage, and its
 * end.
 */
async function keepConnected(held: Held, url: string, first: Promise<Client>) {
  const { signal } = held.closing
  let failures = 0
  for (let attempt = first; ; attempt = connect(url)) {
    try {
      const client = await attempt
      if (failures > 0) log.info({ event: 'redis_back' })
      failures = 0
      held.current = Promise.resolve(client)
      await watch(client, signal)
    } catch (error) {
      if (failures === 0) log.warn({ event: 'redis_lost', reason: reasonOf(error) })
    }
    held.current = Promise.resolve(undefined)
    await pause(Math.min(RETRY_LAST_MS, RETRY_FIRST_MS * 2 ** failures), signal)
    failures += 1
    if (signal.aborted) return
  }
}

async function connect(url: string): Promise<Client> {
  const client = await createClient(url)
  // Each error also rejects the attempt or the commands. Without a listener, it would end the
  // process.
  client.on('error', () => {})
  try {
    await within(CONNECT_LIMIT_MS, connectAndCheck(client))
    return client
  } catch (error) {
    client.destroy()
    throw error
  }
}

/** The package is loaded only when it is used. */
async function createClient(url: string) {
  const redisPackage = await import('@redis/client')
  return redisPackage.createClient({
    url,
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
    socket: { connectTimeout: SOCKET_LIMIT_MS, reconnectStrategy: false },
  })
}

async function connectAndCheck(client: Client) {
  await client.connect()
  await check(client)
}

const check = (client: Client) => client.eval(CHECK, CHECKED)

/**
 * Resolves when it is closed. Throws when Redis no longer serves, and then rejects what waits for
 * an answer. A time limit of the client's own ends when a command is written, and one for each
 * command would delay a request once for each of its limits.
 */
async function watch(client: Client, signal: AbortSignal) {
  try {
    while (!signal.aborted) {
      await within(ANSWER_LIMIT_MS, check(client))
      await pause(CHECK_PAUSE_MS, signal)
    }
  } finally {
    client.destroy()
  }
}

/** Rejects when `work` takes longer. It may be rejected later: the race has handled that. */
const within = <Value>(milliseconds: number, work: Promise<Value>): Promise<Value> =>
  Promise.race([work, silence(milliseconds)])

async function silence(milliseconds: number): Promise<never> {
  await sleep(milliseconds, undefined, { ref: false })
  // A process that was busy first reads what has arrived.
  await endOfTurn()
  throw Object.assign(new Error('Redis gave no answer'), { code: 'NO_ANSWER' })
}

const pause = (milliseconds: number, signal: AbortSignal) =>
  sleep(milliseconds, undefined, { signal }).catch(() => {})

/**
 * A code of the system or the first word of Redis, such as `WRONGPASS`. Messages hold host, port
 * and user of the URL.
 */
function reasonOf(error: unknown) {
  const message = error instanceof Error ? error.message : ''
  return codeOf(error) ?? /^[A-Z]{2,}\b/.exec(message)?.[0] ?? 'CLOSED'
}
