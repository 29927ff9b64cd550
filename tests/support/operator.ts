import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { portOf } from './fake-providers'
import {
  answerAbout,
  type Endpoint,
  errorOf,
  type Facts,
  failBy,
  type Mode,
  readFields,
  reply,
} from './operator-answers'
import { faultsIn } from './operator-schemas'
import { type Algorithm, createApplication, createTokens } from './operator-tokens'

const ENDPOINTS = new Map<string, Endpoint>([
  ['/token', 'token'],
  ['/sim-swap/v2/check', 'check'],
  ['/sim-swap/v2/retrieve-date', 'retrieve-date'],
  ['/number-recycling/v0.2/check', 'recycling'],
  ['/identity-insights/v1/requests', 'insights'],
])

const SCOPES = {
  check: 'sim-swap:check',
  'retrieve-date': 'sim-swap:retrieve-date',
  recycling: 'number-recycling:check',
} as const

/** A number as operators write it, from the way customers type it. */
export const international = (typed: string): string => typed.replace(/^0/, '+62')

/** A request as it came. `other`: to a path that no interface has. */
export type Asked = {
  endpoint: Endpoint | 'other'
  fields: Record<string, unknown>
  headers: IncomingMessage['headers']
}

/**
 * A mobile operator over HTTP: the two APIs of CAMARA with their token endpoint, and Vonage's
 * Identity Insights. It knows every number: nothing has changed, unless `answer` says so.
 */
export type FakeOperator = {
  url: string
  /** The variables of a product that asks this operator: by CAMARA, and by Vonage. */
  environment: Record<string, string>
  vonageEnvironment: Record<string, string>
  /** Says what the operator knows about a number, such as +6281234567890. */
  answer(number: string, facts: Facts): void
  /** Every request, in order, and those to one endpoint. */
  requests: Asked[]
  askedOf(endpoint: Asked['endpoint']): Asked[]
  /** How an endpoint fails; without an entry it works. */
  modes: Partial<Record<Endpoint, Mode>>
  /** How every endpoint fails that is asked about a number, such as +6281234567890. */
  failing: Map<string, Mode>
  /** How long each answer takes. */
  delayMs: number
  /** What broke a specification, also in the answers of the fake itself. */
  faults: string[]
  tokens: ReturnType<typeof createTokens>
  close(): Promise<void>
}

type State = FakeOperator & {
  known: Map<string, Facts>
  application: ReturnType<typeof createApplication>
}

/** Starts an operator at a port, by default a free one. Its client signs by this algorithm. */
export async function startOperator(
  port = 0,
  algorithm: Algorithm = 'ES256',
): Promise<FakeOperator> {
  const server = createServer((request, response) => serve(operator, request, response))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${portOf(server.address())}`
  const tokens = createTokens(url, algorithm)
  const application = createApplication(url, () => tokens.clock())
  const operator: State = {
    url,
    environment: tokens.environment,
    vonageEnvironment: application.environment,
    known: new Map(),
    answer: (number, facts) => operator.known.set(number, facts),
    requests: [],
    askedOf: (endpoint) => operator.requests.filter((asked) => asked.endpoint === endpoint),
    modes: {},
    failing: new Map(),
    delayMs: 0,
    faults: [],
    tokens,
    application,
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
  return operator
}

async function serve(operator: State, request: IncomingMessage, response: ServerResponse) {
  const endpoint = ENDPOINTS.get(request.url ?? '')
  const asked = { endpoint: endpoint ?? 'other', fields: await readFields(request) } as const
  operator.requests.push({ ...asked, headers: request.headers })
  if (!endpoint) return reply(response, 404, errorOf(404, 'NOT_FOUND'))
  operator.faults.push(
    ...faultsIn(`${endpoint} request`, asked.fields),
    ...(endpoint in SCOPES ? faultsIn('correlator', request.headers['x-correlator']) : []),
  )
  if (operator.delayMs > 0) await sleep(operator.delayMs)
  const mode = operator.modes[endpoint] ?? operator.failing.get(numberIn(asked.fields))
  if (await failBy(mode, response)) return
  const { status, body } = await judge(operator, endpoint, asked.fields, request.headers)
  if (status === 200) operator.faults.push(...faultsIn(`${endpoint} answer`, body))
  reply(response, status, body)
}

const numberIn = (fields: Asked['fields']) =>
  String(fields.phoneNumber ?? `+${fields.phone_number}`)

async function judge(
  { tokens, application, known }: State,
  endpoint: Endpoint,
  fields: Asked['fields'],
  { authorization }: Asked['headers'],
): Promise<{ status: number; body: object }> {
  if (endpoint === 'token') return tokens.give(fields)
  const body = answerAbout(endpoint, known.get(numberIn(fields)) ?? {})
  if (endpoint === 'insights')
    return (await application.isSignerOf(authorization))
      ? { status: 200, body }
      : { status: 401, body: { title: 'Unauthorized' } }
  const scopes = tokens.scopesOf(authorization)
  if (!scopes) return { status: 401, body: errorOf(401, 'UNAUTHENTICATED') }
  return scopes.includes(SCOPES[endpoint])
    ? { status: 200, body }
    : { status: 403, body: errorOf(403, 'PERMISSION_DENIED') }
}
