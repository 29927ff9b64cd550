import 'server-only'
import { cookies } from 'next/headers'
import { hashSecret, newSecret } from '@/lib/platform/crypto'
import type { Origin } from '@/lib/platform/origin'
import { cookieName, cookieOptions } from './auth'
import { requestOrigin } from './origin'

const LIFETIME_SECONDS = 2 * 365 * 24 * 60 * 60

/**
 * Where a login comes from, with the secret by which this browser is known at its next one. Set by the login alone, so that
 * only browsers that were let in are known.
 */
export async function deviceOrigin(): Promise<Origin> {
  const jar = await cookies()
  const name = cookieName('device')
  const secret = jar.get(name)?.value ?? newSecret()
  jar.set(name, secret, { ...cookieOptions(), maxAge: LIFETIME_SECONDS })
  return { ...(await requestOrigin()), device: hashSecret(secret) }
}
