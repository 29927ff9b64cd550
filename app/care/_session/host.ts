import 'server-only'
import { headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { isCareHost } from '@/lib/platform/care-origin'
import { isCarePath, pathOf } from '@/lib/platform/care-paths'
import { currentPath } from '@/lib/platform/response'

/** Whether the present request is for a page of the care console. */
export const isCarePage = (): boolean => isCarePath(pathOf(currentPath() ?? ''))

/**
 * Ends the request with 404 unless it is for a page of the console, at its host.
 * `server/care-gate.ts` refuses such requests first; Next itself runs an action at whatever path it
 * is posted to.
 */
export async function requireCareHost(): Promise<void> {
  const given = await headers()
  const host = given.get('x-forwarded-host') ?? given.get('host') ?? ''
  if (!isCarePage() || !isCareHost(host)) notFound()
}
