import { type RefObject, useEffect } from 'react'

declare global {
  interface CredentialRequestOptions {
    otp?: { transport: string[] }
  }
}

/**
 * Lets the browser read the code from an SMS that is bound to this origin: it asks the customer,
 * then the hook fills the field and submits the form (WICG WebOTP). A manual submit stops it; it
 * listens again after each submit.
 */
export function useWebOtp(field: RefObject<HTMLInputElement | null>, tries: number) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: each submit ends the wait for one message
  useEffect(() => {
    const form = field.current?.form
    if (!form || !('OTPCredential' in window)) return
    const stop = new AbortController()
    form.addEventListener('submit', () => stop.abort(), { signal: stop.signal })
    void receive(stop.signal, (code) => {
      if (field.current) field.current.value = code
      form.requestSubmit()
    })
    return () => stop.abort()
  }, [field, tries])
}

/** A rejection is expected: the customer declined, or no message came. */
async function receive(signal: AbortSignal, take: (code: string) => void) {
  try {
    const credential = await navigator.credentials.get({ otp: { transport: ['sms'] }, signal })
    if (credential && 'code' in credential && typeof credential.code === 'string')
      take(credential.code)
  } catch {
    // The customer can still type the code.
  }
}
