import 'server-only'
import NextAuth from 'next-auth'
import type {} from 'next-auth/jwt'
import Credentials from 'next-auth/providers/credentials'
import { cache } from 'react'
import { z } from 'zod'
import { findSession } from '@/lib/accounts'
import { env } from '@/lib/platform/env'
import { reportError } from '@/lib/platform/error-report'
import { log } from '@/lib/platform/log'
import { currentResponse } from '@/lib/platform/response'
import { cookieName, cookieOptions } from './cookies'

declare module 'next-auth' {
  interface Session {
    secret?: string
  }
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

/** The live session of a secret, read once per request. */
export const liveSession = cache((secret: string) => findSession(secret, new Date()))

/** The responses whose broken cookie is in the log. A page reads its session more than once. */
const reported = new WeakSet<object>()

/**
 * By default next-auth prints errors in several lines, with the texts of libraries. `cause.err` is
 * the error that it caught: a cookie that cannot be decrypted, or a failed query.
 */
const logger = {
  error: (failure: Error) => {
    const { cause } = failure
    const caught = cause instanceof Object && 'err' in cause ? cause.err : failure
    // Anybody can send a broken cookie, so a request writes one line, and a short one.
    const response = currentResponse()
    if (response && reported.has(response)) return
    if (response) reported.add(response)
    const { stack: _, ...error } = reportError(caught)
    log.warn({ error }, 'a session could not be read')
  },
  warn: (code: string) => log.warn({ code }, 'next-auth warns'),
}

/**
 * next-auth keeps the session's secret in its encrypted cookie; the session itself is a row that
 * `lib/accounts` opened. There is no route handler: only the server action that verified the
 * password signs a customer in.
 */
export const { auth, signIn, signOut } = NextAuth(() => ({
  secret: env().AUTH_SECRET,
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
      async authorize(given) {
        const { secret } = credentials.parse(given)
        const session = await findSession(secret, new Date())
        return session && { id: session.userId, secret }
      },
    }),
  ],
  callbacks: {
    async jwt({ token, user }) {
      const secret = user?.secret ?? token.secret
      // null removes the cookie of a session whose row is no longer live.
      return secret && (await liveSession(secret)) ? { secret } : null
    },
    session: ({ session, token }) =>
      token.secret ? { ...session, secret: token.secret } : session,
  },
}))
