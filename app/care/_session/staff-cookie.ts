import 'server-only'
import { cookies } from 'next/headers'
import { cookieName, cookieOptions } from '@/lib/platform/cookies'
import type { OpenedStaffSession } from '@/lib/support'

const name = () => cookieName('care-session')

const options = () => ({ ...cookieOptions(), sameSite: 'strict' }) as const

/** Writes the secret of an opened session to the cookie of the browser. */
export async function keepStaffSecret({
  sessionSecret,
  expiresAt,
}: OpenedStaffSession): Promise<void> {
  const jar = await cookies()
  jar.set(name(), sessionSecret, { ...options(), expires: expiresAt })
}

/** The secret of the session of staff in this browser; undefined without one. */
export async function readStaffSecret(): Promise<string | undefined> {
  return (await cookies()).get(name())?.value
}

/** Removes the cookie of the session. */
export async function dropStaffSecret(): Promise<void> {
  const jar = await cookies()
  jar.set(name(), '', { ...options(), maxAge: 0 })
}
