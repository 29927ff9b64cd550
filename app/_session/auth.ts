import 'server-only'
import { cookies } from 'next/headers'
import NextAuth from 'next-auth'
import { decode } from 'next-auth/jwt'
import Credentials from 'next-auth/providers/credentials'
import * as z from 'zod'
import { cookieName, cookieOptions } from '@/lib/platform/cookies'
import { env } from '@/lib/platform/env'
import { reportError } from '@/lib/platform/error-report'
import { log } from '@/lib/platform/log'
import { currentResponse } from '@/lib/platform/response'

declare module 'next-auth' {
  interface User {
    secret?: string
  }
}
declare module 'next-auth/jwt' {
  interface JWT {
    secret?: string
  }
}

const SESSION_SECONDS = 30 * 24 * 60 * 60

const credentials = z.object({ secret: z.string().min(1) })

/** The responses whose broken cookie is in the log. A page may read its session more than once. */
const reported = new WeakSet<object>()

/** Anybody can send a broken cookie, so a request writes one line, and a short one. */
function logUnreadable(failure: unknown) {
  const response = currentResponse()
  if (response && reported.has(response)) return
  if (response) reported.add(response)
  const { stack: _, ...error } = reportError(failure)
  log.warn({ event: 'session_unreadable', error })
}

/**
 * By default next-auth prints errors in several lines, with the texts of libraries. `cause.err` is
 * the error that it caught, such as a failed query of a log-in.
 */
const logger = {
  error: (failure: Error) => {
    const { cause } = failure
    logUnreadable(cause instanceof Object && 'err' in cause ? cause.err : failure)
  },
  warn: (code: string) => log.warn({ event: 'auth_warning', code }),
}

/** The first one encrypts, each one decrypts. */
const secrets = () => env().AUTH_SECRET.map(({ bytes }) => bytes.toString())

/**
 * next-auth keeps the session's secret in its encrypted cookie; the session itself is a row that
 * `lib/accounts` opened. There is no route handler: only the server action that verified the
 * password signs a customer in.
 */
export const { signIn, signOut } = NextAuth(() => ({
  secret: secrets(),
  trustHost: true,
  logger,
  useSecureCookies: cookieOptions().secure,
  session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
  pages: { signIn: '/login', error: '/login' },
  cookies: {
    sessionToken: { name: cookieName('session'), options: cookieOptions() },
    callbackUrl: { name: cookieName('callback-url'), options: cookieOptions() },
    csrfToken: { name: cookieName('csrf-token'), options: cookieOptions() },
  },
  providers: [
    Credentials({
      credentials: { secret: {} },
      // The caller has just opened the session. A page finds out whether a secret belongs to one.
      authorize: (given) => credentials.parse(given),
    }),
  ],
  callbacks: {
    jwt({ token, user }) {
      const secret = user?.secret ?? token.secret
      return secret ? { secret } : null
    },
  },
}))

/**
 * The secret of the session in the browser's cookie; undefined without a cookie, and for one that no
 * key decrypts or that is too old. `auth()` of next-auth returns the same, but takes many times longer:
 * it makes a request of its own, even for a browser without a cookie.
 */
export async function readSessionSecret(): Promise<string | undefined> {
  const salt = cookieName('session')
  const token = (await cookies()).get(salt)?.value
  if (!token) return undefined
  try {
    return (await decode({ token, salt, secret: secrets() }))?.secret
  } catch (failure) {
    logUnreadable(failure)
    return undefined
  }
}
