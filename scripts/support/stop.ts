const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/** Calls `stop` once, at the first signal to end or when the launcher that holds the other end of the channel is gone. */
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

/** Ends the process with 0 after `finish`, when asked to stop; with 1 when it throws. */
export function exitAfter(finish: () => Promise<void>) {
  onStop(() => {
    finish().then(
      () => process.exit(0),
      (error) => {
        console.error(error)
        process.exit(1)
      },
    )
  })
}

/** Tells the launcher, if there is one, that this process does its work now. */
export function tellReady() {
  process.send?.('ready')
}
