'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { CircleAlert, CircleCheck, Clock, Send } from './icons'

const LOOK = {
  sending: { Icon: Clock, colour: 'text-muted' },
  sent: { Icon: Send, colour: 'text-accent' },
  delivered: { Icon: CircleCheck, colour: 'text-success' },
  failed: { Icon: CircleAlert, colour: 'text-danger' },
} as const

const LOOK_AGAIN_MS = 3_000
const MOST_LOOKS = 40

type Props = {
  state: keyof typeof LOOK
  text: string
  /** The text of the link that reads the status again, without JavaScript. */
  reload: string
}

/**
 * The delivery status of the latest code. It refreshes until the status is final; screen readers
 * read each change once.
 */
export function DeliveryStatus({ state, text, reload }: Props) {
  const { refresh } = useRouter()
  const isSettled = state === 'delivered' || state === 'failed'
  useEffect(() => {
    if (isSettled) return
    let looks = 0
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') refresh()
      if (++looks === MOST_LOOKS) clearInterval(timer)
    }, LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [isSettled, refresh])
  const { Icon, colour } = LOOK[state]
  return (
    <div className="flex flex-wrap items-center gap-x-4">
      <p role="status" className={`flex items-center gap-2 text-sm font-medium ${colour}`}>
        <Icon aria-hidden className="size-4 shrink-0" />
        {text}
      </p>
      {!isSettled && (
        <noscript>
          <a href="?" className="inline-flex min-h-11 items-center text-sm text-accent underline">
            {reload}
          </a>
        </noscript>
      )}
    </div>
  )
}
