import { type RefObject, useEffect } from 'react'

declare global {
  interface CredentialRequestOptions {
    otp?: { transport: string[] }
  }
}

/**
 * Where the browser can read the code out of an SMS that is bound to this site, it asks the customer, fills the field in and
 * submits its form (WICG WebOTP). It stops when the form is submitted by hand, and listens again after each try.
 */
export function useWebOtp(field: RefObject<HTMLInputElement | null>, tries: number) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: each try ends the wait for one message
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

/** A refusal is no fault: the customer declined, or no message came. */
async function receive(signal: AbortSignal, take: (code: string) => void) {
  try {
    const credential = await navigator.credentials.get({ otp: { transport: ['sms'] }, signal })
    if (credential && 'code' in credential && typeof credential.code === 'string')
      take(credential.code)
  } catch {
    // Typing the code remains.
  }
}
