import 'server-only'
import { isIP } from 'node:net'
import { headers } from 'next/headers'
import { env } from '@/lib/platform/env'

/**
 * Whether this request may read the local inbox: it exists, and the browser knows this server by
 * its IP address, as localhost or by APP_ORIGIN. A page of another site can give its own name the
 * address of this machine (DNS rebinding), and would then read every code.
 */
export async function mayReadInbox(): Promise<boolean> {
  const { hasInbox, APP_ORIGIN } = env()
  const host = (await headers()).get('host') ?? ''
  if (!hasInbox || !URL.canParse(`http://${host}`)) return false
  const { hostname } = new URL(`http://${host}`)
  return (
    hostname === 'localhost' ||
    isIP(hostname.replace(/^\[|\]$/g, '')) > 0 ||
    hostname === new URL(APP_ORIGIN).hostname
  )
}
