import { env } from './env'

/**
 * The origin of the care console; undefined when it is not served. The embedded product serves it
 * at its own origin, so that a newcomer can try it.
 */
export function careOrigin(): URL | undefined {
  const { CARE_ORIGIN, APP_ORIGIN, isEmbedded } = env()
  const origin = CARE_ORIGIN ?? (isEmbedded ? APP_ORIGIN : undefined)
  return origin === undefined ? undefined : new URL(origin)
}

/** Whether the console has a host of its own, at which nothing else is served. */
export const hasOwnCareHost = (): boolean => env().CARE_ORIGIN !== undefined

/** Whether a Host header names the host of the console. A proxy may leave its port out. */
export const isCareHost = (host = ''): boolean =>
  host !== '' && careOrigin()?.hostname === hostNameOf(host)

/** The name in a Host header, without its port; empty for one that names no host. */
export const hostNameOf = (host = ''): string =>
  URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : ''
