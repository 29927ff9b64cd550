import 'server-only'
import { cookies } from 'next/headers'
import { cookieName } from '@/lib/platform/cookies'

const MOST_SECRETS = 10
const SECRET = /^[\w-]{43}$/

/** The secrets of the device cookie. Anything else that somebody put into it is left out. */
export async function readDeviceSecrets(): Promise<string[]> {
  const cookie = (await cookies()).get(cookieName('device'))?.value ?? ''
  const longest = MOST_SECRETS * (43 + 1)
  return cookie
    .slice(0, longest)
    .split('.')
    .filter((secret) => SECRET.test(secret))
    .slice(0, MOST_SECRETS)
}
