import { env } from '@/lib/platform/env'

const isSecure = () => env().APP_ORIGIN.startsWith('https:')

/** The name of a cookie. Under https its prefix binds it to this host and to https (ASVS 3.3.1). */
export const cookieName = (name: string) => (isSecure() ? `__Host-${name}` : name)

/**
 * The attributes of every cookie: not readable by scripts, not sent by other sites, and under https
 * not sent over http.
 */
export const cookieOptions = () =>
  ({ httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() }) as const
