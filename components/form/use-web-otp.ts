import { type RefObject, useEffect } from 'react'

declare global {
  interface CredentialRequestOptions {
    otp?: { transport: string[] }
  }
}

/**
 * Lets the browser read the code from an SMS that is bound to this origin: it asks the customer,
 * then the hook fills the field and submits the form (WICG WebOTP). After each submit it waits
 * for another SMS.
 */
export function useWebOtp(field: RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    const form = field.current?.form
    if (!form || !('OTPCredential' in window)) return
    let wait = new AbortController()
    const listen = () => {
      wait.abort()
      wait = new AbortController()
      void receive(wait.signal, (code) => {
        if (field.current) field.current.value = code
        form.requestSubmit()
      })
    }
    listen()
    form.addEventListener('submit', listen)
    return () => {
      form.removeEventListener('submit', listen)
      wait.abort()
    }
  }, [field])
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
