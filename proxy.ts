import { type NextRequest, NextResponse } from 'next/server'
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
  if (isOwnFormPost(headers)) headers.set('origin', `https://${hostOf(headers)}`)
  const isForeign = isForeignPost(request.method, headers)
  const response = isForeign
    ? new NextResponse('Forbidden\n', { status: 403 })
    : NextResponse.next({ request: { headers } })
  for (const [name, value] of Object.entries(securityHeaders(policy)))
    response.headers.set(name, value)
  return response
}

/**
 * With `referrer-policy: no-referrer` a browser posts the forms of this site with `Origin: null`,
 * which server actions refuse as a foreign origin. `Sec-Fetch-Site` distinguishes the two; scripts
 * cannot set it.
 */
function isOwnFormPost(headers: Headers) {
  return headers.get('origin') === 'null' && headers.get('sec-fetch-site') === 'same-origin'
}

/**
 * Whether a page of another site causes the post (ASVS 5.0 3.5.1). Next refuses it too, but with
 * status 500. A post without an origin does not come from a page.
 */
function isForeignPost(method: string, headers: Headers) {
  const origin = headers.get('origin')
  if (origin === null || method === 'GET' || method === 'HEAD') return false
  return !URL.canParse(origin) || new URL(origin).host !== hostOf(headers)
}

const hostOf = (headers: Headers) => headers.get('x-forwarded-host') ?? headers.get('host')

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
    'referrer-policy': 'no-referrer',
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
