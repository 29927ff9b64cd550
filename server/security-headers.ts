import type { IncomingMessage, ServerResponse } from 'node:http'
import { isCarePath, pathOf } from '@/lib/platform/care-paths'
import { cookieName, cookieOptions } from '@/lib/platform/cookies'
import { env } from '@/lib/platform/env'

const HSTS_SECONDS = 2 * 365 * 24 * 60 * 60

/** Files of the build, and the e-mails of the local inbox, which have headers of their own. */
const WITHOUT = /^\/(?:_next\/(?:static|image)\b|icon\.svg(?:\?|$)|dev\/inbox\/html\/)/

/**
 * Sets the security headers of a page (ASVS 5.0 3.4, 14.3.2), and passes the nonce of its scripts and
 * styles to Next by a request header. The server does this, because a `proxy.ts` of Next costs more
 * than a quarter of the requests a second.
 */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse): void {
  // A client must not choose the nonce.
  delete request.headers['content-security-policy']
  if (WITHOUT.test(request.url ?? '')) return
  const isCare = isCarePath(pathOf(request.url ?? ''))
  const policy = contentSecurityPolicy(btoa(crypto.randomUUID()), isCare)
  request.headers['content-security-policy'] = policy
  response.setHeader('content-security-policy', policy)
  const headers = [...fixedHeaders(), ...(isCare ? CARE_HEADERS : SHOP_HEADERS)]
  for (const [name, value] of headers) response.setHeader(name, value)
  if (isCare) return
  // A form that comes back without any cookie was sent by a browser that keeps none.
  if (request.headers.cookie === undefined && request.method === 'GET')
    response.setHeader('set-cookie', visitCookie())
}

function contentSecurityPolicy(nonce: string, isCare: boolean) {
  const isDevelopment = env().NODE_ENV === 'development'
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    `img-src 'self'${isCare ? '' : ' data:'}`,
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

const fixedHeaders = (): readonly [string, string][] => [
  ['cache-control', 'no-store'],
  // Not `no-referrer`: a browser would then hide the origin of the forms of this site.
  ['referrer-policy', 'same-origin'],
  ['x-content-type-options', 'nosniff'],
  ['x-frame-options', 'DENY'],
  ['cross-origin-opener-policy', 'same-origin'],
  ...(env().APP_ORIGIN.startsWith('https:')
    ? ([['strict-transport-security', `max-age=${HSTS_SECONDS}; includeSubDomains`]] as [
        string,
        string,
      ][])
    : []),
]

const NO_DEVICES = 'camera=(), geolocation=(), microphone=(), payment=()'

const SHOP_HEADERS = [['permissions-policy', `${NO_DEVICES}, otp-credentials=(self)`]] as const

/** The console asks for passkeys, and no search engine may list it. */
const CARE_HEADERS = [
  [
    'permissions-policy',
    `${NO_DEVICES}, publickey-credentials-get=(self), publickey-credentials-create=(self)`,
  ],
  ['x-robots-tag', 'noindex, nofollow'],
] as const

function visitCookie() {
  const { path, secure } = cookieOptions()
  return `${cookieName('visit')}=cookies-kept; Path=${path}; ${secure ? 'Secure; ' : ''}HttpOnly; SameSite=lax`
}
