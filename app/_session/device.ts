import 'server-only'
import { cookies } from 'next/headers'
import { forgetBrowser } from '@/lib/accounts'
import { cookieName, cookieOptions } from '@/lib/platform/cookies'
import { readDeviceSecrets } from './device-secrets'
import { requestOrigin } from './origin'

const LIFETIME_SECONDS = 2 * 365 * 24 * 60 * 60

/** Writes the secrets of this browser as a known device, which a login returned, to its cookie. */
export async function keepDeviceSecrets(secrets: readonly string[]): Promise<void> {
  const options = { ...cookieOptions(), maxAge: LIFETIME_SECONDS }
  const jar = await cookies()
  jar.set(cookieName('device'), secrets.join('.'), options)
}

/** Whether this browser may be a known device of an account. */
export async function isMaybeKnown(): Promise<boolean> {
  return (await readDeviceSecrets()).length > 0
}

/** Ends this browser as a known device and removes its cookie. */
export async function forgetDevice(): Promise<void> {
  await forgetBrowser(await requestOrigin(), new Date())
  const jar = await cookies()
  jar.delete({ ...cookieOptions(), name: cookieName('device') })
}
