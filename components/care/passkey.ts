import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import type { FormState } from '../form/form-state'

/**
 * The answer of the `begin` action of a form: a new passkey to be made, a signature of an existing
 * one, or why the form is refused.
 */
export type Begun =
  | { create: PublicKeyCredentialCreationOptionsJSON }
  | { get: PublicKeyCredentialRequestOptionsJSON }
  | { refused: FormState }

/** The texts of a form that a passkey signs. */
export type PasskeyText = { cancelled: string; unsupported: string; noScript: string }

/**
 * Asks the authenticator. Returns its answer as JSON; undefined when the person or the browser
 * refuses.
 */
export async function askAuthenticator(
  begun: Exclude<Begun, { refused: FormState }>,
): Promise<string | undefined> {
  const { startAuthentication, startRegistration } = await import('@simplewebauthn/browser')
  const answer =
    'create' in begun
      ? startRegistration({ optionsJSON: begun.create })
      : startAuthentication({ optionsJSON: begun.get })
  return answer.then(JSON.stringify, () => undefined)
}
