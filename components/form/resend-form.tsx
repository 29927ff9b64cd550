'use client'

import type { FormEvent } from 'react'
import { ActionButton } from '../action-button'
import { Alert } from '../alert'
import { clockTime, useSecondsLeft } from '../countdown'
import type { FormAction } from './form-state'
import { choiceOf, useSend } from './use-send'

type Props = {
  action: FormAction
  label: string
  /** Seconds until a resend is accepted; 0 when it is accepted now. */
  waitSeconds: number
  /** "Kirim ulang dalam {time}", for screen readers. */
  waitText: string
  /** Differs for each send: a new value restarts the countdown. */
  sentAt: number
  /** The message after a resend. */
  sentText?: string | undefined
  /** Whether a new code is the only way on, because the latest has expired. */
  isOnlyWay: boolean
  /** A button that sends by another channel: like a resend, or at once. */
  other?: { value: string; label: string; isAtOnce: boolean } | undefined
}

/**
 * "Kirim ulang kode": a button that is grey, with a countdown inside, until a resend is accepted. It
 * keeps its name. Pressed too early, the answer names the waiting time.
 */
export function ResendForm({ action, sentAt, sentText, isOnlyWay, other, ...button }: Props) {
  const { state, post, isPending, send } = useSend(action)
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (!isPending) send(event.currentTarget, choiceOf(event))
  }
  return (
    <div>
      <div role="status" className="mb-3 empty:mb-0">
        {sentText && !state.formError && <Alert tone="success">{sentText}</Alert>}
      </div>
      <div role="alert" className="mb-3 empty:mb-0">
        {state.formError && (
          <Alert tone="warning" title={state.heading}>
            {state.formError}
          </Alert>
        )}
      </div>
      <form action={post} onSubmit={submit} aria-busy={isPending} className="grid gap-3">
        <ResendButton key={sentAt} isPending={isPending} isOnlyWay={isOnlyWay} {...button} />
        {other && (
          <OtherChannel
            key={`other-${sentAt}`}
            {...other}
            waitSeconds={button.waitSeconds}
            isPending={isPending}
          />
        )}
      </form>
    </div>
  )
}

type OtherProps = NonNullable<Props['other']> & Pick<Props, 'waitSeconds'> & { isPending: boolean }

function OtherChannel({ value, label, isAtOnce, waitSeconds, isPending }: OtherProps) {
  const isWaiting = useSecondsLeft(isAtOnce ? 0 : waitSeconds) > 0
  return (
    <ActionButton
      look="secondary"
      name="via"
      value={value}
      isWaiting={isWaiting}
      isPending={isPending}
      aria-describedby="resend-wait"
    >
      {label}
    </ActionButton>
  )
}

type ButtonProps = Pick<Props, 'label' | 'waitSeconds' | 'waitText' | 'isOnlyWay'> & {
  isPending: boolean
}

function ResendButton({ label, waitSeconds, waitText, isOnlyWay, isPending }: ButtonProps) {
  const left = useSecondsLeft(waitSeconds)
  const isWaiting = left > 0
  return (
    <>
      <ActionButton
        look={isOnlyWay ? 'primary' : 'secondary'}
        isWaiting={isWaiting}
        isPending={isPending}
        aria-describedby="resend-wait"
      >
        {label}
        {isWaiting && (
          <span aria-hidden className="ms-2 font-normal tabular-nums">
            {clockTime(left)}
          </span>
        )}
      </ActionButton>
      <span id="resend-wait" role="timer" aria-live="off" className="sr-only">
        {isWaiting && waitText.replace('{time}', clockTime(left))}
      </span>
    </>
  )
}
