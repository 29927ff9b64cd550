import 'server-only'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { endSession, type LiveSession, type OpenedSession } from '@/lib/accounts'
import { beginAction, rememberUser } from '@/lib/platform/response'
import { auth, liveSession, signIn, signOut } from './auth'

/** The session of the signed-in customer, or null. One statement per request. */
export const currentSession = cache(async (): Promise<LiveSession | null> => {
  const session = await auth()
  const live = session?.secret ? await liveSession(session.secret) : null
  if (live) rememberUser(live.userId)
  return live
})

/**
 * The session of the signed-in customer. Without one it redirects to the login, which leads back to
 * `path`.
 */
export async function requireSession(path = '/profile'): Promise<LiveSession> {
  return (await currentSession()) ?? redirect(`/login?next=${encodeURIComponent(path)}`)
}

/** Writes the secret of an opened session to the browser's cookie. */
export async function keepSession({ sessionSecret }: OpenedSession): Promise<void> {
  await signIn('credentials', { secret: sessionSecret, redirect: false })
}

/** Revokes the session and removes its cookie. */
export async function dropSession(): Promise<void> {
  beginAction()
  const session = await currentSession()
  if (session) await endSession(session.sessionId, new Date())
  await signOut({ redirect: false })
}
