'use client'

import type { Ref } from 'react'
import { CircleAlert } from '../icons'
import type { ShownErrors } from './form-errors'

type Props = { ref: Ref<HTMLDivElement>; title: string; errors: ShownErrors }

/**
 * The errors above the form, each with a link to its field. `autoFocus` sets the focus without
 * JavaScript.
 */
export function ErrorSummary({ ref, title, errors }: Props) {
  return (
    <div
      ref={ref}
      role="alert"
      tabIndex={-1}
      // biome-ignore lint/a11y/noAutofocus: without JavaScript, only this attribute gives it the focus
      autoFocus
      className="rounded-control border-2 border-danger bg-danger-tint p-4 text-danger"
    >
      <h2 className="flex items-center gap-2 font-semibold">
        <CircleAlert aria-hidden className="size-5 shrink-0" />
        {title}
      </h2>
      {errors.whole && <p className="mt-2">{errors.whole}</p>}
      <ul className="mt-2 grid gap-1 empty:hidden">
        {Object.entries(errors.fields).map(([name, sentence]) => (
          <li key={name}>
            <a
              href={`#${name}`}
              className="inline-block py-1 font-medium underline underline-offset-4"
            >
              {sentence}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
