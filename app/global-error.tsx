'use client'

import { ErrorNotice } from '@/components/error-notice'
import { referenceOf } from '@/components/error-reference'
import outage from '@/messages/outage.json'
import './globals.css'

type Props = { error: Error & { digest?: string } }

/** Replaces the whole document when the layout fails, so it brings its own texts. */
export default function GlobalErrorPage({ error }: Props) {
  return (
    <html lang="id">
      <body className="p-4">
        <main>
          <ErrorNotice
            words={outage.id}
            reference={referenceOf(error)}
            retry={() => window.location.reload()}
          />
        </main>
      </body>
    </html>
  )
}
