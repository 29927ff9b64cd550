import 'server-only'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { endSession, type LiveSession, type OpenedSession } from '@/lib/accounts'
import { auth, liveSession, signIn, signOut } from './auth'

/** The customer who is signed in, or null. One statement a request. */
export const currentSession = cache(async (): Promise<LiveSession | null> => {
  const session = await auth()
  return session?.secret ? liveSession(session.secret) : null
})

/** The signed-in customer; anyone else is led to the login, and from there back to `path`. */
export async function requireSession(path = '/profile'): Promise<LiveSession> {
  return (await currentSession()) ?? redirect(`/login?next=${encodeURIComponent(path)}`)
}

/** Puts an opened session into the browser's cookie, in place of whatever it held. */
export async function keepSession({ sessionSecret }: OpenedSession): Promise<void> {
  await signIn('credentials', { secret: sessionSecret, redirect: false })
}

/** Ends the session's row and clears its cookie. */
export async function dropSession(): Promise<void> {
  const session = await currentSession()
  if (session) await endSession(session.sessionId, new Date())
  await signOut({ redirect: false })
}
