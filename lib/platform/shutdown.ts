import { setTimeout as sleep } from 'node:timers/promises'
import { logSecurity } from './security-log'

const FINISH_LIMIT_MS = 12_000
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/**
 * Calls `stop` once, at the first signal to end or when the launcher that holds the other end of
 * the channel is gone.
 */
export function onStop(stop: (reason: string) => void) {
  let isStopping = false
  const stopOnce = (reason: string) => {
    if (isStopping) return
    isStopping = true
    stop(reason)
  }
  for (const signal of SIGNALS) process.on(signal, stopOnce)
  process.on('disconnect', () => stopOnce('disconnect'))
}

/**
 * Ends the process with 0 after `finish`, when asked to stop; with 1 when it throws or takes longer
 * than 12 s: a supervisor would soon kill the process.
 */
export function exitAfter(finish: () => Promise<void>) {
  onStop(() => {
    if (!hasLauncher()) logSecurity('sys_shutdown')
    Promise.race([finish(), sleep(FINISH_LIMIT_MS).then(giveUp)]).then(
      () => process.exit(0),
      (error) => {
        console.error(error)
        process.exit(1)
      },
    )
  })
}

function giveUp(): never {
  throw new Error(`not finished ${FINISH_LIMIT_MS} ms after the signal to stop`)
}

/**
 * Sends the launcher the message that this process is ready, or logs it without a launcher, which
 * itself tells the developer what it starts.
 */
export function reportReady() {
  if (hasLauncher()) process.send?.('ready')
  else logSecurity('sys_startup')
}

const hasLauncher = () => process.send !== undefined
