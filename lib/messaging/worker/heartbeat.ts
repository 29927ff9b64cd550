let beatAt = performance.now()

/** Records that the loop of the queue has made a step: asked for a job, or failed to. */
export function beat(): void {
  beatAt = performance.now()
}

/**
 * The milliseconds since the loop of this process's queue last made a step. An idle one makes many
 * in two seconds. One whose every worker sends makes none until a send ends, which takes less than
 * half a minute, the time limits of all providers and of the database included.
 */
export const silentMs = (): number => performance.now() - beatAt
