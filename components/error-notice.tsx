'use client'

import { buttonClass } from './button'
import { Card } from './card'
import { DocumentTitle } from './document-title'
import type { ErrorWordsOf } from './error-words'

type Props = {
  words: Omit<ErrorWordsOf, 'notSent' | 'kept' | 'offline' | 'outdated'>
  reference: string | undefined
  retry: () => void
}

/** The message for an error of ours: what to do, and a reference for customer care. */
export function ErrorNotice({ words, reference, retry }: Props) {
  return (
    <div className="mx-auto max-w-form">
      <DocumentTitle title={words.title} />
      <Card>
        <div role="alert" className="grid gap-4">
          <h1 className="text-2xl font-bold">{words.heading}</h1>
          <p>{words.text}</p>
          {reference && (
            <p className="text-sm text-muted">
              {words.reference.replace('{reference}', reference)}
            </p>
          )}
        </div>
        <div className="mt-6 flex flex-wrap gap-2">
          <button type="button" onClick={retry} className={buttonClass()}>
            {words.retry}
          </button>
          <a href="/" className={buttonClass('secondary')}>
            {words.home}
          </a>
        </div>
      </Card>
    </div>
  )
}
