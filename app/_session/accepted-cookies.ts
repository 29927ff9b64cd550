import 'server-only'
import { cookies } from 'next/headers'
import { type Refused, refuse } from '@/lib/platform/result'

/**
 * Refuses a flow that needs a cookie of this browser when the browser keeps none. The server gave it
 * one with the form (`server/security-headers.ts`).
 */
export async function refuseWithoutCookies(): Promise<Refused<'cookies_blocked'> | undefined> {
  return (await cookies()).getAll().length === 0 ? refuse('cookies_blocked') : undefined
}
