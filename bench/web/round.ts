import { percentile } from '@/bench/support/figures'
import { cpuMsOf, cpuMsOfFamily, mainThreadMsOf } from '@/bench/support/process-cpu'
import type { Reply, Sending } from './browser-requests'
import { CONNECTIONS } from './environment'
import type { Send, Visit } from './flow'

/** Where the measured work happens: the web process and the first process of PostgreSQL. */
export type Measured = { webPid: number; postgresPid: number }

/**
 * Milliseconds of CPU are those of one visit. `driverShare` is the part of one core. `unavailable`:
 * visits that ended with 503, which are in no other figure.
 */
export type Round = {
  visits: number
  unavailable: number
  perSecond: number
  p50Ms: number
  p95Ms: number
  p99Ms: number
  webMs: number
  mainThreadMs: number
  postgresMs: number
  driverShare: number
}

const UNAVAILABLE = 503

/** A server that has too much to do. The visit is over; a measurement goes on. */
class Unavailable extends Error {}

/** A function that sends and refuses any other status than the expected one. */
export function strictly(open: (sending: Sending) => Promise<Reply>): Send {
  return async (sending, status) => {
    const reply = await open(sending)
    if (reply.status === UNAVAILABLE) throw new Unavailable(`${sending.path} answered 503`)
    if (reply.status !== status)
      throw new Error(`${sending.path} answered ${reply.status} instead of ${status}`)
    return reply
  }
}

/**
 * Lets visitors come for so many seconds, one after the other on each connection. It ends earlier
 * when no visitor is left.
 */
export async function runVisits(visits: Iterator<Visit>, send: Send, seconds: number) {
  const until = performance.now() + seconds * 1_000
  const times: number[] = []
  let unavailable = 0
  const comeAndGo = async () => {
    while (performance.now() < until) {
      const next = visits.next()
      if (next.done) return
      const startedAt = performance.now()
      try {
        await next.value(send)
        times.push(performance.now() - startedAt)
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error
        unavailable += 1
      }
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, comeAndGo))
  return { times, unavailable }
}

/** Measures visits for so many seconds. */
export async function measureRound(
  visits: Iterator<Visit>,
  { send, seconds, measured }: { send: Send; seconds: number; measured: Measured },
): Promise<Round> {
  const before = readCpu(measured)
  const startedAt = performance.now()
  const { times, unavailable } = await runVisits(visits, send, seconds)
  const elapsedMs = performance.now() - startedAt
  const after = readCpu(measured)
  const each = (name: keyof typeof before) => (after[name] - before[name]) / times.length
  return {
    visits: times.length,
    unavailable,
    perSecond: (times.length / elapsedMs) * 1_000,
    p50Ms: percentile(times, 50),
    p95Ms: percentile(times, 95),
    p99Ms: percentile(times, 99),
    webMs: each('web'),
    mainThreadMs: each('mainThread'),
    postgresMs: each('postgres'),
    driverShare: (after.driver - before.driver) / elapsedMs,
  }
}

const readCpu = ({ webPid, postgresPid }: Measured) => ({
  web: cpuMsOfFamily(webPid),
  mainThread: mainThreadMsOf(webPid),
  postgres: cpuMsOfFamily(postgresPid),
  driver: cpuMsOf(process.pid),
})
