'use client'

import { ErrorNotice } from '@/components/error-notice'
import words from '@/messages/outage.json'
import './globals.css'

type Props = { error: Error & { digest?: string } }

/** The last page: not even the layout could be drawn, so its few words come with it. */
export default function GlobalErrorPage({ error }: Props) {
  return (
    <html lang="id">
      <body className="p-4">
        <main>
          <ErrorNotice
            words={words}
            reference={error.digest}
            retry={() => window.location.reload()}
          />
        </main>
      </body>
    </html>
  )
}
