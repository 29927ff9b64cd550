import type { Dispatcher } from 'undici'

const FORM = 'application/x-www-form-urlencoded'
const JSON_TYPE = 'application/json'

/** Larger than any answer of a provider. A longer one fails like a lost connection. */
const ANSWER_BYTES = 64 * 1024

const TOO_MANY_REQUESTS = 429
const SERVER_FAULTS = 500
const UNAUTHORISED = [401, 403]
const LONGEST_WAIT_SECONDS = 24 * 60 * 60

type Call = { form: Record<string, string>; headers?: Record<string, string>; signal: AbortSignal }
type JsonCall = {
  body: unknown
  authorization: string
  headers?: Record<string, string>
  signal: AbortSignal
}

/** The names of the local machine in URLs. */
export const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

export type Answer = {
  status: number
  isOk: boolean
  body: unknown
  afterSeconds: number | undefined
}

/** Loaded when the first request is made: most commands make none. */
const client = () => (loaded ??= load())

let loaded: ReturnType<typeof load> | undefined

/** A bundle of a CommonJS package has a default export alone. */
async function load() {
  const {
    default: { Agent, request },
  } = await import('undici')
  return { request, connections: new Agent({ maxResponseSize: ANSWER_BYTES }) }
}

/**
 * Posts a form and parses the JSON answer (null if it is not JSON). Does not follow redirects,
 * which would send the form elsewhere.
 */
export function postForm(url: string, { form, headers = {}, signal }: Call): Promise<Answer> {
  const body = new URLSearchParams(form).toString()
  return ask(url, { method: 'POST', body, headers: { 'content-type': FORM, ...headers }, signal })
}

/**
 * Posts JSON with our key, and parses the JSON answer (null if it is not JSON). Does not follow
 * redirects.
 */
export function postJson(
  url: URL,
  { body, authorization, headers = {}, signal }: JsonCall,
): Promise<Answer> {
  return ask(url, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': JSON_TYPE, authorization, ...headers },
    signal,
  })
}

/** Requests a resource that needs our key. */
export function askWithKey(url: URL, authorization: string, signal: AbortSignal): Promise<Answer> {
  return ask(url, { method: 'GET', headers: { authorization }, signal })
}

async function ask(
  url: string | URL,
  options: Omit<Dispatcher.RequestOptions, 'path'>,
): Promise<Answer> {
  const { request, connections } = await client()
  const {
    statusCode: status,
    headers,
    body,
  } = await request(url, { ...options, dispatcher: connections })
  return {
    status,
    isOk: status >= 200 && status < 300,
    body: parse(await body.text()),
    afterSeconds: readWait(headers),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

type Headers = Readonly<Record<string, string | string[] | undefined>>

/**
 * How many seconds a provider asks us to wait: Retry-After, in seconds or as a date, else
 * `ratelimit-reset`, which some send alone.
 */
export function readWait(headers: Headers | null | undefined): number | undefined {
  return readSeconds(headers?.['retry-after']) ?? readSeconds(headers?.['ratelimit-reset'])
}

function readSeconds(header: string | string[] | undefined): number | undefined {
  if (typeof header !== 'string') return undefined
  if (/^\d{1,5}$/.test(header)) return Number(header)
  const seconds = Math.ceil((Date.parse(header) - Date.now()) / 1_000)
  return seconds > 0 && seconds <= LONGEST_WAIT_SECONDS ? seconds : undefined
}

/** Whether a status means that the provider is down, and not that it refuses this message. */
export function isOutage(status: number): boolean {
  return status >= SERVER_FAULTS
}

/** Whether a status means that we send too fast. */
export function isThrottled(status: number): boolean {
  return status === TOO_MANY_REQUESTS
}

/** Whether a status means that the provider refuses our key. */
export function isUnauthorised(status: number): boolean {
  return UNAUTHORISED.includes(status)
}

/** The value of an Authorization header (RFC 7617). */
export function basicAuthorisation(user = '', password = ''): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}
