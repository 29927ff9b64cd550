import { Pool } from 'undici'
import { CONNECTIONS } from './environment'

export type Reply = { status: number; headers: Headers; body: Buffer }
export type Sending = { path: string; headers: Record<string, string>; body?: string }

const BOUNDARY = '----WebKitFormBoundaryBx4hZkQ9mT2sVn7e'

/** What Chromium sends with each request of a page over http. */
const ALWAYS = {
  'accept-encoding': 'gzip, deflate, br, zstd',
  'accept-language': 'id-ID',
  'user-agent':
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36',
  'sec-ch-ua': '"Chromium";v="147", "Not.A/Brand";v="8"',
  'sec-ch-ua-mobile': '?0',
  'sec-ch-ua-platform': '"Linux"',
}

const NAVIGATION = {
  accept:
    'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7',
  'sec-fetch-dest': 'document',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-site': 'same-origin',
  'sec-fetch-user': '?1',
  'upgrade-insecure-requests': '1',
}

const SCRIPT = {
  'sec-fetch-dest': 'empty',
  'sec-fetch-mode': 'cors',
  'sec-fetch-site': 'same-origin',
}

/** The connections of the driver to one server. They stay open, as those of a proxy do. */
export function openConnections(origin: string) {
  const pool = new Pool(origin, { connections: CONNECTIONS, pipelining: 1 })
  return {
    async send({ path, headers, body }: Sending): Promise<Reply> {
      const {
        statusCode,
        headers: given,
        body: stream,
      } = await pool.request({
        ...{ path, method: body === undefined ? 'GET' : 'POST', headers, body: body ?? null },
      })
      const bytes = Buffer.from(await stream.arrayBuffer())
      return { status: statusCode, headers: toHeaders(given), body: bytes }
    },
    close: () => pool.close(),
  }
}

function toHeaders(given: Record<string, string | string[] | undefined>) {
  const headers = new Headers()
  for (const [name, value = ''] of Object.entries(given))
    for (const each of [value].flat()) headers.append(name, each)
  return headers
}

/** The headers of a page that is opened by a link or a form. */
export const navigationHeaders = (cookie: string) => ({
  ...ALWAYS,
  ...NAVIGATION,
  ...(cookie && { cookie }),
})

/** The headers of a call of `fetch`. */
export const fetchHeaders = (cookie: string) => ({
  ...ALWAYS,
  ...SCRIPT,
  ...(cookie && { cookie }),
})

/** A browser that posts a form asks for a fresh answer. */
export const FRESH = { 'cache-control': 'max-age=0' } as const

/** The headers of any post of a page. */
export const postHeaders = (origin: string, path: string) => ({
  origin,
  referer: `${origin}${path}`,
})

export const multipartType = `multipart/form-data; boundary=${BOUNDARY}`

/** A form as browsers write it. */
export function multipart(fields: readonly (readonly [string, string])[]): string {
  const parts = fields.map(
    ([name, value]) =>
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  return `${parts.join('')}--${BOUNDARY}--\r\n`
}

let requests = 0

/** An IPv4 address that no other request of this run has. */
export function newAddress(): string {
  requests += 1
  return `10.${(requests >> 16) & 255}.${(requests >> 8) & 255}.${requests & 255}`
}

/** The value of a cookie that a reply sets; undefined when it does not. */
export function cookieOf(reply: Reply, name: string): string | undefined {
  const line = reply.headers.getSetCookie().find((each) => each.startsWith(`${name}=`))
  return line?.slice(name.length + 1).split(';')[0]
}
