'use client'

import type { FormEvent } from 'react'
import { ActionButton } from '../action-button'
import { Alert } from '../alert'
import { Countdown } from '../countdown'
import type { FormAction } from './form-state'
import { useSend } from './use-send'

type Props = {
  action: FormAction
  label: string
  /** Seconds until a resend is accepted; 0 when it is accepted now. */
  waitSeconds: number
  /** "Kirim ulang dalam {time}" */
  waitText: string
  /** Differs for each send: a new value restarts the countdown. */
  sentAt: number
  /** The message after a resend. */
  sentText?: string | undefined
}

/**
 * "Kirim ulang kode": the button keeps its name and is never disabled. Pressed too early, the
 * answer names the waiting time.
 */
export function ResendForm({ action, label, waitSeconds, waitText, sentAt, sentText }: Props) {
  const { state, post, isPending, send } = useSend(action)
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (!isPending) send(event.currentTarget)
  }
  return (
    <div className="border-t border-line pt-4">
      <div role="status">
        {sentText && !state.formError && <Alert tone="success">{sentText}</Alert>}
      </div>
      <div role="alert">
        {state.formError && (
          <Alert tone="warning" title={state.heading}>
            {state.formError}
          </Alert>
        )}
      </div>
      <form
        action={post}
        onSubmit={submit}
        aria-busy={isPending}
        className="mt-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-1"
      >
        <ActionButton look="quiet" isPending={isPending}>
          {label}
        </ActionButton>
        <Countdown key={sentAt} seconds={waitSeconds} text={waitText} />
      </form>
    </div>
  )
}
