'use client'

import { useState } from 'react'
import { Alert } from '../alert'
import { useField } from './field-context'
import { type FieldProps, TextField } from './fields'
import { lookAlikeDomain } from './look-alike'

/** The mail domains of most customers. */
const DOMAINS = [
  'gmail.com',
  'yahoo.com',
  'yahoo.co.id',
  'ymail.com',
  'rocketmail.com',
  'hotmail.com',
  'outlook.com',
  'outlook.co.id',
  'live.com',
  'icloud.com',
  'mail.com',
  'proton.me',
  'protonmail.com',
]

type Props = Omit<FieldProps, 'name'> & {
  name?: string
  /** "Maksudmu {address}?" */
  suggestion: string
  /** For a domain that could be taken for another one, with a place for `{domain}`. */
  warning: string
}

/**
 * A field for an e-mail address. It suggests a correction when a well-known domain looks mistyped;
 * the customer may ignore it. It warns of a domain whose letters could be taken for others.
 */
export function EmailField({ name = 'email', suggestion, warning, ...rest }: Props) {
  const { meant, look, accept } = useSuggestion(name)
  const { value = '' } = useField(name)
  const [left, setLeft] = useState<string>()
  const domain = lookAlikeDomain(left ?? value)
  return (
    <div>
      <TextField
        name={name}
        type="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
        onLeave={(typed) => {
          setLeft(typed)
          return look(typed)
        }}
        {...rest}
      />
      <div role="status">
        {meant && (
          <button
            type="button"
            onClick={() => accept(meant)}
            className="min-h-11 text-left text-accent underline underline-offset-4"
          >
            {suggestion.replace('{address}', meant)}
          </button>
        )}
        {domain && (
          <Alert tone="warning">
            <p className="break-words">{warning.replace('{domain}', domain)}</p>
          </Alert>
        )}
      </div>
    </div>
  )
}

/** The suggested address, shown after the field loses the focus. */
function useSuggestion(name: string) {
  const [meant, setMeant] = useState<string>()

  async function look(typed: string) {
    const address = await meantBy(typed).catch(() => undefined)
    await release()
    setMeant(address)
  }

  function accept(address: string) {
    const field = document.getElementById(name)
    if (!(field instanceof HTMLInputElement)) return
    field.value = address
    field.focus()
    setMeant(undefined)
  }

  return { meant, look, accept }
}

/** Waits until the mouse button is released: a button that moves before that is not clicked. */
async function release() {
  while (document.querySelector(':active')) await new Promise(requestAnimationFrame)
}

async function meantBy(email: string) {
  const { run } = await import('@zootools/email-spell-checker')
  return run({ email: email.trim(), domains: DOMAINS, topLevelDomains: [], secondLevelDomains: [] })
    ?.full
}
