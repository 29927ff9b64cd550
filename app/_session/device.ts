import 'server-only'
import { cookies } from 'next/headers'
import { hashSecret, newSecret } from '@/lib/platform/crypto'
import type { Origin } from '@/lib/platform/origin'
import { cookieName, cookieOptions } from './cookies'
import { requestOrigin } from './origin'

const LIFETIME_SECONDS = 2 * 365 * 24 * 60 * 60

/**
 * The origin of a request that opens a session, with the hash of the device cookie, which it sets.
 * The browser is a known device once a session with this hash was opened; a failed login makes
 * none.
 */
export async function deviceOrigin(): Promise<Origin> {
  const jar = await cookies()
  const name = cookieName('device')
  const secret = jar.get(name)?.value ?? newSecret()
  jar.set(name, secret, { ...cookieOptions(), maxAge: LIFETIME_SECONDS })
  return { ...(await requestOrigin()), device: hashSecret(secret) }
}
