'use client'

import { useEffect, useState } from 'react'

type Props = {
  /** Seconds left by the server's clock; the clock of the device is not used. */
  seconds: number
  /** The text, with `{time}` as placeholder. */
  text: string
}

/** The time left. Screen readers do not read each second. */
export function Countdown({ seconds, text }: Props) {
  const left = useSecondsLeft(seconds)
  return (
    <p role="timer" aria-live="off" className="text-sm text-muted tabular-nums">
      {left > 0 && text.replace('{time}', clockTime(left))}
    </p>
  )
}

/** The seconds that are left. Without JavaScript the number does not change. */
export function useSecondsLeft(seconds: number): number {
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    const end = performance.now() + seconds * 1000
    const tick = () => setLeft(Math.max(0, Math.ceil((end - performance.now()) / 1000)))
    tick()
    const timer = setInterval(tick, 250)
    return () => clearInterval(timer)
  }, [seconds])
  return left
}

/** "0:29", "1:05:00" */
export function clockTime(seconds: number) {
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60)]
  const last = String(seconds % 60).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${last}` : `${minutes}:${last}`
}
