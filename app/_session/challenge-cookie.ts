import 'server-only'
import { cookies } from 'next/headers'
import { cookieName, cookieOptions } from '@/lib/platform/cookies'

/** The longest life of a challenge: its codes and the step that it permits. */
const LIFETIME_SECONDS = 45 * 60

/**
 * The flows of a browser that is not signed in. Each has its own cookie for the secret of its
 * challenge.
 */
type Flow = 'register' | 'reset' | 'unfreeze'

/**
 * The names of the cookies. `thaw` is the former name of unfreeze: a flow that was started before
 * the rename continues.
 */
const COOKIE_NAMES = { register: 'register', reset: 'reset', unfreeze: 'thaw' } as const

const nameOf = (flow: Flow) => cookieName(`${COOKIE_NAMES[flow]}-challenge`)

/** Binds the challenge to this browser, for 45 minutes unless it waits for longer. */
export async function keepChallenge(
  flow: Flow,
  secret: string,
  maxAge = LIFETIME_SECONDS,
): Promise<void> {
  const jar = await cookies()
  jar.set(nameOf(flow), secret, {
    ...cookieOptions(),
    sameSite: 'strict',
    maxAge,
  })
}

/**
 * The secret of this browser's challenge; empty when it has none. No challenge has the empty
 * secret.
 */
export async function challengeSecret(flow: Flow): Promise<string> {
  const jar = await cookies()
  return jar.get(nameOf(flow))?.value ?? ''
}

export async function dropChallenge(flow: Flow): Promise<void> {
  const jar = await cookies()
  jar.set(nameOf(flow), '', { ...cookieOptions(), sameSite: 'strict', maxAge: 0 })
}
