'use client'

import { Alert } from '../alert'
import { FlowForm, type FlowFormProps } from '../form/flow-form'
import type { FormAction } from '../form/form-state'
import { useIsHydrated } from '../use-is-hydrated'
import { askAuthenticator, type Begun, type PasskeyText } from './passkey'

export type AssertedFormProps = Omit<FlowFormProps, 'schema' | 'needsScript'> & {
  /** Checks the form on the server, and returns what the authenticator is asked for. */
  begin: (form: FormData) => Promise<Begun>
  passkey: PasskeyText
}

/**
 * A form that a passkey signs: it calls `begin` with what was typed, asks the authenticator, and
 * calls `action` with the same values and the answer as the field `credential`. A refusal of either
 * is shown as in every form. It says so when the browser has no passkeys, or no JavaScript.
 */
export function AssertedForm({ begin, action, passkey, ...form }: AssertedFormProps) {
  const isHydrated = useIsHydrated()
  const isUnsupported = isHydrated && typeof window.PublicKeyCredential !== 'function'

  const signAndSend: FormAction = async (state, posted) => {
    const begun = await begin(posted)
    if ('refused' in begun) return begun.refused
    const credential = await askAuthenticator(begun)
    if (credential === undefined) return { formError: passkey.cancelled }
    posted.set('credential', credential)
    return action(state, posted)
  }

  return (
    <>
      <noscript>
        <Alert tone="warning">{passkey.noScript}</Alert>
      </noscript>
      {isUnsupported && <Alert tone="warning">{passkey.unsupported}</Alert>}
      <FlowForm action={signAndSend} schema={loadNothing} needsScript {...form} />
    </>
  )
}

/** The server checks the form when it begins. */
const loadNothing = () => import('zod/mini').then(({ looseObject }) => looseObject({}))
