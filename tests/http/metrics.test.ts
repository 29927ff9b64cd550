import { readdirSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, inject, it, vi } from 'vitest'
import { newClient } from '../support/client'
import { newCustomer, newEmail, nextCode, walkLogin, wrongCode } from '../support/customers'
import { insertCustomer } from '../support/fixtures'
import { namesAskedBy, namesIn, sampleOf } from '../support/metrics'
import { findPort } from '../support/product'
import { origin, startOwnProduct } from '../support/running'

const TOKEN = 'a-token-of-the-operator'
const PATIENCE = { timeout: 15_000, interval: 250 }
const healthPort = await findPort()
const product = startOwnProduct({
  METRICS_TOKEN: TOKEN,
  WORKER_HEALTH_PORT: String(healthPort),
  ACCESS_LOG: 'on',
})

const worker = `http://127.0.0.1:${healthPort}`

async function readMetrics(base: string) {
  const response = await fetch(`${base}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('text/plain')
  return response.text()
}

const customer = newCustomer()
let firstCode = ''

beforeAll(async () => {
  const client = newClient()
  await client.send('/register', 'Daftar', customer)
  firstCode = await nextCode(customer.phone)
  await client.send('/register/code', 'Verifikasi', { code: wrongCode(firstCode) })
  await client.send('/register/code', 'Verifikasi', { code: firstCode })
  client.cookies.delete('session')
  await client.send('/login', 'Masuk', { identifier: newEmail(), password: 'salah' })
  await walkLogin(await insertCustomer(), client)
  await client.open('/secure/rahasia-sekali?from=orang-lain')
  await client.open('/tidak/ada/rahasia')
})

describe('who may read the metrics', () => {
  it('is nobody without a token in the environment', async () => {
    const headers = { authorization: `Bearer ${TOKEN}` }
    const { status } = await fetch(`${inject('product').origin}/metrics`, { headers })
    expect(status).toBe(404)
  })

  it.each([undefined, 'Bearer another-token-of-nobody', `Basic ${TOKEN}`, TOKEN])(
    'is not who sends %s',
    async (authorization) => {
      const headers = authorization === undefined ? {} : { authorization }
      for (const base of [origin(), worker]) {
        const answer = await fetch(`${base}/metrics`, { headers })
        expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
        expect(await answer.text()).not.toContain('#')
      }
    },
  )
})

describe('the metrics of web', () => {
  it('count requests by the pattern of their path', async () => {
    const text = await readMetrics(origin())
    const count = (route: string, status: string) =>
      sampleOf(text, 'http_request_duration_seconds_count', { method: 'GET', route, status })
    expect(count('/secure/[token]', '2xx')).toBe(1)
    expect(count('other', '4xx')).toBe(1)
    expect(count('/register', '2xx')).toBe(1)
  })

  it('count actions by name and outcome', async () => {
    const text = await readMetrics(origin())
    const count = (action: string, outcome: string) =>
      sampleOf(text, 'server_action_duration_seconds_count', { action, outcome })
    expect(count('register/submitRegistration', 'succeeded')).toBe(1)
    expect(count('register/submitRegistrationCode', 'refused')).toBe(1)
    expect(count('register/submitRegistrationCode', 'succeeded')).toBe(1)
    expect(count('login/submitLogin', 'refused')).toBe(1)
    expect(count('login/submitLogin', 'succeeded')).toBe(1)
  })

  it('count codes, attempts, log-ins and events of accounts', async () => {
    const text = await readMetrics(origin())
    const register = { purpose: 'register' }
    expect(sampleOf(text, 'codes_issued_total', { ...register, channel: 'sms' })).toBe(1)
    expect(sampleOf(text, 'codes_entered_total', { ...register, channel: 'sms' })).toBe(1)
    expect(sampleOf(text, 'attempts_total', { ...register, outcome: 'code_wrong' })).toBe(1)
    expect(sampleOf(text, 'attempts_total', { purpose: 'login', outcome: 'right' })).toBe(1)
    expect(sampleOf(text, 'account_events_total', { type: 'registered' })).toBe(1)
    expect(sampleOf(text, 'database_connections', { pool: 'product', state: 'most' })).toBe(20)
  })
})

describe('the health port of the worker', () => {
  it('is well while the queue moves', async () => {
    const answer = await fetch(`${worker}/healthz`)
    expect([answer.status, await answer.text()]).toEqual([200, 'ok\n'])
  })

  it('has no other pages', async () => {
    expect((await fetch(`${worker}/other`)).status).toBe(404)
    expect((await fetch(`${worker}/healthz`, { method: 'POST' })).status).toBe(404)
  })

  it('counts sends and messages', async () => {
    const kind = 'code.register'
    await vi.waitFor(async () => {
      const text = await readMetrics(worker)
      expect(sampleOf(text, 'messages_settled_total', { kind, state: 'sent' })).toBe(1)
      const calls = { provider: 'inbox', outcome: 'accepted' }
      expect(sampleOf(text, 'provider_call_duration_seconds_count', calls)).toBeGreaterThan(0)
      expect(sampleOf(text, 'provider_breaker_open', { provider: 'inbox' })).toBe(0)
    }, PATIENCE)
  })
})

it('every metric that a dashboard or an alert asks for exists', async () => {
  const texts = await Promise.all([origin(), worker].map(readMetrics))
  const existing = new Set(texts.flatMap(namesIn))
  const files = ['deploy/grafana', 'deploy/prometheus'].flatMap((folder) =>
    readdirSync(folder).map((name) => `${folder}/${name}`),
  )
  const asked = files.flatMap((file) => namesAskedBy(file).map((name) => `${name} in ${file}`))
  expect(asked.length).toBeGreaterThan(30)
  expect(asked.filter((line) => !existing.has(line.split(' ')[0] ?? ''))).toEqual([])
})

it('every line of the log that an alert asks for is counted from the start', async () => {
  const texts = await Promise.all([origin(), worker].map(readMetrics))
  const alerts = readFileSync('deploy/prometheus/alerts.yml', 'utf8')
  const asked = [...alerts.matchAll(/log_problems_total\{event=~?"([^"]+)"/g)].map(
    ([, pattern = '']) => new RegExp(`log_problems_total\\{event="${pattern}"\\} 0$`, 'm'),
  )
  expect(asked.length).toBeGreaterThan(4)
  for (const text of texts) for (const pattern of asked) expect(text).toMatch(pattern)
})

it('R12 neither the metrics nor the log contain what a customer typed or received', async () => {
  const texts = await Promise.all([origin(), worker].map(readMetrics))
  const { email, phone, password, name } = customer
  const all = `${texts.join('')}${product().readLog()}`
  const secrets = [email, phone.slice(1), password, name, firstCode, 'rahasia', 'orang-lain']
  expect(secrets.filter((secret) => all.includes(secret))).toEqual([])
})

describe('the access log', () => {
  const lines = () =>
    product()
      .readLog()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line))
      .filter(({ event }) => event === 'request')

  it('has a line for each request: path pattern, status, duration, action', () => {
    expect(lines()).toContainEqual({
      level: 30,
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      event: 'request',
      requestId: expect.stringMatching(/^[\w-]{8,}$/),
      method: 'GET',
      route: '/secure/[token]',
      status: 200,
      durationMs: expect.any(Number),
    })
    expect(lines()).toContainEqual(
      expect.objectContaining({
        method: 'POST',
        route: '/login',
        status: 303,
        action: 'login/submitLogin',
        outcome: 'succeeded',
      }),
    )
  })

  it('has the id that a trusted proxy gave to the request', async () => {
    await newClient({ headers: { 'x-request-id': 'from-the-proxy-1' } }).open('/help')
    await vi.waitFor(() =>
      expect(lines()).toContainEqual(
        expect.objectContaining({ requestId: 'from-the-proxy-1', route: '/help' }),
      ),
    )
  })
})
