import { once } from 'node:events'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { newIp } from './client'
import { origin } from './running'

/** An answer of the product. A redirect has a `location`. */
export type HostAnswer = {
  status: number
  headers: Record<string, string | string[] | undefined>
  html: string
}

type Asked = { method?: string; headers?: Record<string, string>; form?: FormData }

/** Requests to the running product with a Host header that no name service knows. */
export function atHost(host: string) {
  return async (path: string, { method = 'GET', headers = {}, form }: Asked = {}) => {
    const { hostname, port } = new URL(origin())
    const encoded = form && new Response(form)
    const type = encoded?.headers.get('content-type')
    const body = encoded && Buffer.from(await encoded.arrayBuffer())
    const own = { host, 'x-forwarded-for': newIp(), ...(type && { 'content-type': type }) }
    const sent = request({ hostname, port, path, method, headers: { ...own, ...headers } })
    sent.end(body)
    const [response] = await once(sent, 'response')
    const html = await text(response)
    return { status: response.statusCode, headers: response.headers, html } satisfies HostAnswer
  }
}
