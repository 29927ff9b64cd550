import { pool } from '@/lib/platform/db'
import type { RenderEmail } from '../content/render-message'
import { fallBackSilent } from '../outbox/fall-back'
import { reviewPrefixes } from '../spending/slow-prefixes'
import { applyEarlyReceipts } from '../webhooks/receipts'
import { createClaimer } from './claimer'
import type { CheckNumber } from './deliver'
import { adoptFormerJobs } from './former-jobs'
import { giveBackOrphans, wipeExpired } from './housekeeping'
import { openLiveness } from './liveness'
import { createProbe } from './provider-health'
import { repeat } from './repeat'
import { POLL_EVERY_MS, type Sender, startSender } from './sender'
import { createSendingClock, type SendingClock } from './sending-clock'
import { runTasks, type Tasks } from './tasks'

const HOUSEKEEPING_EVERY_MS = 60 * 60 * 1_000
const RECEIPTS_EVERY_MS = 3_000
const PROBE_EVERY_MS = 60_000
const PREFIXES_EVERY_MS = 60_000

/** The start fails here when the database is away or not migrated. */
const CHECK = 'SELECT count(*) FROM "MessageWorker"'

export type RunningWorker = {
  /** Takes no more messages and waits for running sends, which are aborted after 5 s. */
  stop(): Promise<void>
  /** Settles when the worker has ended. */
  done: Promise<void>
}

type Options = { renderEmail: RenderEmail; checkNumber?: CheckNumber; tasks?: Tasks }

/**
 * Sends the messages of the outbox and runs `tasks` until it is stopped, and takes over the messages
 * of workers that died. `checkNumber` is asked before a code goes to a number. Rejects when the
 * database cannot be reached at the start. It survives later outages.
 */
export async function runWorker({
  renderEmail,
  checkNumber,
  tasks = {},
}: Options): Promise<RunningWorker> {
  await pool().query(CHECK)
  const stopping = new AbortController()
  let sender: Sender | undefined
  const sending = createSendingClock()
  const liveness = openLiveness((payload) => {
    sending.compare(payload)
    sender?.wake()
  })
  const claimer = createClaimer(liveness)
  sender = startSender({ claimer, clock: sending.now, renderEmail, checkNumber })
  const chores = startChores({ tasks, stop: stopping.signal, sending, wake: sender.wake })
  let ended = () => {}
  const done = new Promise<void>((resolve) => {
    ended = resolve
  })
  const stop = async () => {
    stopping.abort()
    await sender.stop()
    await Promise.all(chores.map((chore) => chore.stop()))
    await claimer.close().catch(() => {})
    await liveness.close()
    ended()
  }
  let stopped: Promise<void> | undefined
  return { done, stop: () => (stopped ??= stop()) }
}

const clock = () => new Date()

type Chores = { tasks: Tasks; stop: AbortSignal; sending: SendingClock; wake: () => void }

function startChores({ tasks, stop, sending, wake }: Chores) {
  const adopt = async () => {
    if ((await adoptFormerJobs()) > 0) wake()
  }
  const fallBack = async () => {
    if ((await fallBackSilent(sending.now())) > 0) wake()
  }
  const keepHouse = async () => {
    await wipeExpired(clock())
    await giveBackOrphans()
  }
  return [
    repeat('housekeeping', HOUSEKEEPING_EVERY_MS, keepHouse),
    repeat('tasks', POLL_EVERY_MS, () => runTasks(tasks, clock(), stop)),
    repeat('fallbacks', POLL_EVERY_MS, fallBack),
    repeat('former_jobs', POLL_EVERY_MS, adopt),
    repeat('early_receipts', RECEIPTS_EVERY_MS, () => applyEarlyReceipts(clock())),
    repeat('prefix_review', PREFIXES_EVERY_MS, () => reviewPrefixes(clock())),
    repeat('provider_probe', PROBE_EVERY_MS, createProbe(clock, stop)),
  ]
}
