'use client'

import { unstable_rethrow } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { createPortal } from 'react-dom'
import { referenceOf } from './error-reference'
import { useErrorWords } from './error-words'
import { LoaderCircle } from './icons'

type Props = {
  label: string
  pending: string
  failed: string
  action: () => Promise<void>
  className: string
}

/** The id of the row below the header where a message has the whole width. */
const HEADER_MESSAGE = 'header-message'

/**
 * The button that ends the session. When the server could not store that, or was not reached, the
 * header says `failed`. Without JavaScript, the error page says so.
 */
export function LogOutForm({ label, pending, failed, action, className }: Props) {
  const [failure, setFailure] = useState<{ reference: string | undefined }>()
  const [isPending, start] = useTransition()

  async function leave() {
    try {
      await action()
    } catch (error) {
      unstable_rethrow(error)
      setFailure({ reference: referenceOf(error) })
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    if (!isPending) start(leave)
  }

  return (
    <form action={action} onSubmit={submit}>
      <button type="submit" aria-disabled={isPending || undefined} className={className}>
        {isPending && <LoaderCircle aria-hidden className="mr-2 size-5 motion-safe:animate-spin" />}
        <span>{label}</span>
      </button>
      <span role="status" className="sr-only">
        {isPending && pending}
      </span>
      {failure && !isPending && <Failed text={failed} reference={failure.reference} />}
    </form>
  )
}

function Failed({ text, reference }: { text: string; reference: string | undefined }) {
  const words = useErrorWords()
  const header = document.getElementById(HEADER_MESSAGE)
  if (!header) return null
  return createPortal(
    <div className="mx-auto grid max-w-page gap-1 px-4 py-3 text-danger">
      <p className="font-semibold">{text}</p>
      {reference && words && (
        <p className="text-sm break-words">{words.reference.replace('{reference}', reference)}</p>
      )}
    </div>,
    header,
  )
}
