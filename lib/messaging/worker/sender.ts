import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { env } from '@/lib/platform/env'
import { reportError } from '@/lib/platform/error-report'
import { log } from '@/lib/platform/log'
import { inSpan } from '@/lib/platform/tracing'
import { Channel } from '@/prisma/client/enums'
import type { RenderEmail } from '../content/render-message'
import { URGENCIES, urgencyOf } from '../content/urgency'
import type { Clock } from './attempt'
import type { Claimer } from './claimer'
import { type Claimed, release } from './claims'
import { type CheckNumber, deliverMessage } from './deliver'
import { beat } from './heartbeat'
import { createLane, type Lane } from './lane'

/** How often a worker looks for messages that it was not told of, and for those that are due later. */
export const POLL_EVERY_MS = 1_000

const PAUSE_AFTER_FAILURE_MS = 1_000
const STOP_LIMIT_MS = 5_000

/** Messages are claimed together, when so large a part of those that may wait is missing. */
const CLAIMED_AT_PART = 0.5

export type Sender = {
  /** Looks for messages now. */
  wake(): void
  /** Claims no more, and waits for running sends, which are aborted after 5 s. */
  stop(): Promise<void>
}

type Options = {
  claimer: Claimer
  clock: Clock
  renderEmail: RenderEmail
  checkNumber?: CheckNumber | undefined
}

/**
 * Claims due messages and sends them, up to WORKER_CONCURRENCY of each channel at a time. While the
 * database fails it tries again every second.
 */
export function startSender(options: Options): Sender {
  const stopping = new AbortController()
  const aborting = new AbortController()
  // All sends of this process listen to one signal. Node warns of a leak above ten listeners.
  setMaxListeners(0, aborting.signal)
  const step = createSignal()
  const lanes = new Map(
    Object.values(Channel).map((channel) => [
      channel,
      createLane(env().WORKER_CONCURRENCY, step.raise),
    ]),
  )
  const lines = [...lanes].flatMap(([channel, lane]) => linesOf(channel, lane))
  const isStuck = createStuckCheck([...lanes.values()])
  const waiting = new Set<Claimed>()

  const add = (message: Claimed) => {
    waiting.add(message)
    const run = () => {
      waiting.delete(message)
      return send(message, options, aborting.signal)
    }
    lanes.get(message.channel)?.add({ urgency: urgencyOf(message.kind), run })
  }
  const wake = () => {
    for (const line of lines) line.mayHaveMore = true
    step.raise()
  }
  const work = async () => {
    while (!stopping.signal.aborted) {
      if (!isStuck()) beat()
      const open = lines.filter(hasRoom)
      if (open.length === 0) await step.next()
      else await claimFor(open, options, add).catch((error) => pause(error, stopping.signal))
    }
  }
  const poll = setInterval(wake, POLL_EVERY_MS)
  const working = work()
  return {
    wake,
    async stop() {
      stopping.abort()
      clearInterval(poll)
      const limit = setTimeout(() => aborting.abort(), STOP_LIMIT_MS)
      const all = [...lanes.values()]
      for (const lane of all) lane.clear()
      step.raise()
      await working
      // What was claimed meanwhile.
      for (const lane of all) lane.clear()
      await release([...waiting]).catch(noteFailure)
      while (!all.every((lane) => lane.isIdle())) await step.next()
      clearTimeout(limit)
    },
  }
}

type Line = {
  channel: Channel
  urgency: (typeof URGENCIES)[number]
  lane: Lane
  most: number
  mayHaveMore: boolean
}

const linesOf = (channel: Channel, lane: Lane): Line[] =>
  URGENCIES.map((urgency) => {
    const most = lane.room(urgency)
    return { channel, urgency, lane, most, mayHaveMore: true }
  })

const hasRoom = ({ mayHaveMore, lane, urgency, most }: Line) =>
  mayHaveMore && lane.room(urgency) >= most * CLAIMED_AT_PART

/** A line that finds less than it wants has no more until the next wake-up or poll. */
async function claimFor(
  lines: readonly Line[],
  { claimer, clock }: Options,
  add: (message: Claimed) => void,
) {
  const wanted = lines.map(({ channel, urgency, lane }) => {
    return { channel, urgency, most: lane.room(urgency) }
  })
  // Before the statement, so that a wake-up during it counts.
  for (const line of lines) line.mayHaveMore = false
  const claimed = await claimer.claim(wanted, clock()).catch((error) => {
    for (const line of lines) line.mayHaveMore = true
    throw error
  })
  for (const [index, { channel, urgency, most }] of wanted.entries()) {
    const found = claimed.filter(
      (one) => one.channel === channel && urgencyOf(one.kind) === urgency,
    )
    const line = lines[index]
    if (line && found.length >= most) line.mayHaveMore = true
  }
  claimed.forEach(add)
}

async function send(message: Claimed, { claimer, ...delivery }: Options, stop: AbortSignal) {
  const { id, trace } = message
  const facts = { kind: 'job', parent: trace ?? undefined, attributes: { message: id } } as const
  try {
    await inSpan('deliver message', facts, () => deliverMessage(message, { ...delivery, stop }))
    await claimer.done(message)
  } catch (error) {
    log.warn({ event: 'message_in_doubt', message: id, error: reportError(error) })
    await claimer.doubt(message)
  }
}

/** Whether a channel has no free send, and none has ended since the last call. */
function createStuckCheck(lanes: readonly Lane[]) {
  let ended = lanes.map((lane) => lane.ended())
  return () => {
    const before = ended
    ended = lanes.map((lane) => lane.ended())
    return lanes.some((lane, index) => lane.isFull() && lane.ended() === before[index])
  }
}

/** `next` waits until `raise` is called, which may have happened since the last wait. */
function createSignal() {
  let raise = () => {}
  let raised = new Promise<void>((resolve) => {
    raise = resolve
  })
  return {
    raise: () => raise(),
    async next() {
      await raised
      raised = new Promise<void>((resolve) => {
        raise = resolve
      })
    },
  }
}

function noteFailure(error: unknown) {
  log.warn({ event: 'queue', error: reportError(error) })
}

async function pause(error: unknown, stopping: AbortSignal) {
  noteFailure(error)
  await sleep(PAUSE_AFTER_FAILURE_MS, undefined, { signal: stopping }).catch(() => {})
}
