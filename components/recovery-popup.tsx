'use client'

import { unstable_rethrow } from 'next/navigation'
import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { Button, buttonClass } from './button'
import { ShieldCheck } from './icons'

type Props = {
  title: string
  text: string
  link: { href: string; label: string }
  closeLabel: string
  /** Stores on the server that it was snoozed. */
  snooze: () => Promise<void>
}

/** The pop-up "Recovery Account": a region that takes no focus and moves no other content. */
export function RecoveryPopup({ title, text, link, closeLabel, snooze }: Props) {
  const [isOpen, setOpen] = useState(true)
  const region = useRef<HTMLElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const giveFocusBack = useFocusBefore(region)
  useEscape(() => form.current?.requestSubmit())

  async function close(event: FormEvent) {
    event.preventDefault()
    giveFocusBack()
    setOpen(false)
    // Offline it is closed on this page only.
    await snooze().catch(unstable_rethrow)
  }

  if (!isOpen) return null
  return (
    <section
      ref={region}
      aria-labelledby="popup-title"
      className="rounded-card border-2 border-brand bg-surface p-6 shadow-float"
    >
      <h2 id="popup-title" className="flex items-center gap-2 text-lg font-bold">
        <ShieldCheck aria-hidden className="size-6 shrink-0 text-accent" />
        {title}
      </h2>
      <p className="mt-2 text-muted">{text}</p>
      <div className="mt-4 flex flex-wrap gap-2">
        <a href={link.href} className={`${buttonClass()} grow`}>
          {link.label}
        </a>
        <form ref={form} action={snooze} onSubmit={close} className="grid grow">
          <Button look="secondary">{closeLabel}</Button>
        </form>
      </div>
    </section>
  )
}

function useEscape(leave: () => void) {
  useEffect(() => {
    const leaveOnEscape = (event: KeyboardEvent) => event.key === 'Escape' && leave()
    document.addEventListener('keydown', leaveOnEscape)
    return () => document.removeEventListener('keydown', leaveOnEscape)
  })
}

/**
 * Stores the last focused element outside the region, and focuses it when the region that has the
 * focus is closed.
 */
function useFocusBefore(region: RefObject<HTMLElement | null>) {
  const before = useRef<HTMLElement | null>(null)
  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && !region.current?.contains(target))
        before.current = target
    }
    document.addEventListener('focusin', remember)
    return () => document.removeEventListener('focusin', remember)
  }, [region])
  return () => {
    if (region.current?.contains(document.activeElement))
      (before.current ?? document.querySelector<HTMLElement>('main'))?.focus()
  }
}
