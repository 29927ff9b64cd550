/**
 * Runs `work`. At the time limit, or when `stop` is aborted, it aborts the signal of `work` and
 * rejects, even if `work` ignores the signal.
 */
export async function withTimeLimit<Value>(
  limitMs: number,
  stop: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const limit = new AbortController()
  const timer = setTimeout(() => limit.abort(named('TimeoutError')), limitMs)
  const onStop = () => limit.abort(named('AbortError'))
  stop?.addEventListener('abort', onStop, { once: true })
  if (stop?.aborted) onStop()
  try {
    return await Promise.race([work(limit.signal), rejectOnAbort(limit.signal)])
  } finally {
    clearTimeout(timer)
    stop?.removeEventListener('abort', onStop)
  }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

function named(name: string) {
  return Object.assign(new Error(name), { name })
}
