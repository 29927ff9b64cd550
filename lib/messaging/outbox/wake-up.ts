import { wakeUpPool } from '@/lib/platform/db'

/** The channel of PostgreSQL on which workers listen. */
export const WAKE_UP_CHANNEL = 'messages'

/** A process wakes the workers at most once in this time, however many messages it commits. */
const APART_MS = 15

/**
 * A commit that notifies holds a lock that every such commit of the server takes, so nobody waits
 * for the disk meanwhile: a lost wake-up is made up for by the next poll.
 */
const NOTIFY = `SELECT set_config('synchronous_commit', 'off', true), pg_notify('${WAKE_UP_CHANNEL}', $1)`

let timer: NodeJS.Timeout | undefined
let isAsked = false

/**
 * Tells the workers that messages were committed, and what time it is: at once, or 15 ms after the last
 * time. It uses a connection of its own and never fails. Workers find what they are not told of within a second.
 */
export function wakeWorkers(): void {
  isAsked = true
  if (!timer) notify()
}

function notify() {
  isAsked = false
  wakeUpPool()
    .query(NOTIFY, [String(Date.now())])
    .catch(() => {})
  timer = setTimeout(() => {
    timer = undefined
    if (isAsked) notify()
  }, APART_MS)
  timer.unref()
}
