/** Where the pages of the care console are. */
export const CARE_PATH = '/care'

/**
 * The path of a request, as Next finds its page: decoded, without parameters, and also of a URL in
 * absolute form. One that cannot be decoded is no page.
 */
export function pathOf(url: string): string {
  const absolute = url.startsWith('/') ? `http://host${url}` : url
  try {
    return decodeURIComponent(new URL(absolute).pathname)
  } catch {
    return ''
  }
}

/** Whether a decoded path belongs to the care console. */
export const isCarePath = (path: string): boolean =>
  path === CARE_PATH || path.startsWith(`${CARE_PATH}/`)
