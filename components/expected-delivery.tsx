'use client'

import { useEffect, useState } from 'react'
import { Clock } from './icons'

/** From these seconds on, a code is usually sent, and then usually arrived. */
const SENT_AFTER = 5
const LATE_AFTER = 60

type Stage = 'sending' | 'soon' | 'late'

type Props = {
  /** Since the code was sent, by the clock of the server. */
  seconds: number
  words: Record<Stage, string>
}

/**
 * What to expect of a code, by the time that has passed alone: a stranger must not learn whether the
 * account exists. Screen readers read each change once.
 */
export function ExpectedDelivery({ seconds, words }: Props) {
  const [stage, setStage] = useState(stageAt(seconds))
  useEffect(() => {
    const timers = [SENT_AFTER, LATE_AFTER]
      .filter((after) => after > seconds)
      .map((after) => setTimeout(() => setStage(stageAt(after)), (after - seconds) * 1_000))
    return () => timers.forEach(clearTimeout)
  }, [seconds])
  return (
    <p role="status" className="flex gap-2 text-sm text-muted">
      <Clock aria-hidden className="mt-0.5 size-4 shrink-0" />
      {words[stage]}
    </p>
  )
}

function stageAt(seconds: number): Stage {
  if (seconds < SENT_AFTER) return 'sending'
  return seconds < LATE_AFTER ? 'soon' : 'late'
}
