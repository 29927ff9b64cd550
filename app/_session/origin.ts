import 'server-only'
import { headers } from 'next/headers'
import type { Origin } from '@/lib/platform/origin'
import { readDeviceSecrets } from './device-secrets'

const USER_AGENT_MAX_CHARACTERS = 400
const IP_MAX_CHARACTERS = 64

/**
 * The IP address of this request. `server/client-address.ts` leaves one trusted address in
 * `x-forwarded-for`.
 */
export async function requestIp(): Promise<string> {
  const given = await headers()
  return (given.get('x-forwarded-for') ?? 'unknown').slice(0, IP_MAX_CHARACTERS)
}

/** The IP address, the user agent and the device cookie of this request. */
export async function requestOrigin(): Promise<Origin> {
  const given = await headers()
  return {
    ip: await requestIp(),
    userAgent: printable(given.get('user-agent') ?? '').slice(0, USER_AGENT_MAX_CHARACTERS),
    deviceSecrets: await readDeviceSecrets(),
  }
}

const printable = (text: string) => text.replace(/[^\x20-\x7e]/g, '')
