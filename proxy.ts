import { type NextRequest, NextResponse } from 'next/server'
import { cookieName, cookieOptions } from '@/app/_session/cookies'
import { env } from '@/lib/platform/env'

const HSTS_SECONDS = 2 * 365 * 24 * 60 * 60

/**
 * Writes the security headers of every page (ASVS 5.0 3.4, 14.3.2). It authorises nothing: the
 * pages and actions do.
 */
export function proxy(request: NextRequest) {
  const policy = contentSecurityPolicy(btoa(crypto.randomUUID()))
  const headers = new Headers(request.headers)
  // Next reads the nonce for its scripts and styles from this request header.
  headers.set('content-security-policy', policy)
  const response = NextResponse.next({ request: { headers } })
  for (const [name, value] of Object.entries(securityHeaders(policy)))
    response.headers.set(name, value)
  // A form that comes back without any cookie was sent by a browser that keeps none.
  if (request.cookies.size === 0 && request.method === 'GET')
    response.cookies.set(cookieName('visit'), 'cookies-kept', cookieOptions())
  return response
}

function contentSecurityPolicy(nonce: string) {
  const isDevelopment = env().NODE_ENV === 'development'
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

function securityHeaders(policy: string) {
  return {
    'content-security-policy': policy,
    'cache-control': 'no-store',
    // Not `no-referrer`: a browser would then hide the origin of the forms of this site.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy':
      'camera=(), geolocation=(), microphone=(), payment=(), otp-credentials=(self)',
    ...(env().APP_ORIGIN.startsWith('https:') && {
      'strict-transport-security': `max-age=${HSTS_SECONDS}; includeSubDomains`,
    }),
  }
}

export const config = { matcher: '/((?!_next/static|_next/image|icon.svg|dev/inbox/html/).*)' }
