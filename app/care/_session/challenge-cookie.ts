import 'server-only'
import { cookies } from 'next/headers'
import { cookieName, cookieOptions } from '@/lib/platform/cookies'

/** A challenge lives for two minutes. */
const LIFETIME_SECONDS = 2 * 60

const name = () => cookieName('care-challenge')

/** Binds the challenge for a passkey to this browser. */
export async function keepPasskeyChallenge(secret: string): Promise<void> {
  const options = { ...cookieOptions(), sameSite: 'strict', maxAge: LIFETIME_SECONDS } as const
  const jar = await cookies()
  jar.set(name(), secret, options)
}

/**
 * The secret of this browser's challenge; empty when it has none. No challenge has the empty
 * secret.
 */
export async function passkeyChallenge(): Promise<string> {
  return (await cookies()).get(name())?.value ?? ''
}
