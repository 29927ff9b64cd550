import 'server-only'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { endSession, findSession, type LiveSession, type OpenedSession } from '@/lib/accounts'
import { beginAction, currentResponse, nameFailure, rememberUser } from '@/lib/platform/response'
import { readSessionSecret, signIn, signOut } from './auth'
import { requestIp } from './origin'

/**
 * The sessions of requests, by their responses. An action and the page that it answers with share
 * one, and so does the error page that Next renders after a failure.
 */
const found = new WeakMap<object, Promise<LiveSession | null>>()

/**
 * The session of the signed-in customer, or null. One statement per request. Throws when the
 * database cannot tell.
 */
export const currentSession = cache((): Promise<LiveSession | null> => {
  const response = currentResponse()
  const session = (response && found.get(response)) ?? readSession()
  if (response) found.set(response, session)
  return session
})

async function readSession() {
  const secret = await readSessionSecret()
  const live = secret ? await findSession(secret, new Date(), await requestIp()) : null
  if (live) rememberUser(live.userId)
  return live
}

/** After a log-in or log-out the request has another session. */
function forgetSession() {
  const response = currentResponse()
  if (response) found.delete(response)
}

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
  forgetSession()
}

/**
 * Revokes the session and removes its cookie. When the revocation cannot be stored, it throws, keeps
 * the cookie, and the error page says that the customer is still logged in.
 */
export async function dropSession(): Promise<void> {
  beginAction()
  try {
    const session = await currentSession()
    if (session) await endSession(session.sessionId, new Date())
  } catch (error) {
    nameFailure('stillLoggedIn')
    throw error
  }
  await signOut({ redirect: false })
  forgetSession()
}
