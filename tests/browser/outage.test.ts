import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import outage from '@/messages/outage.json'
import { newClient } from '../support/client'
import { emptyEnvironment } from '../support/environment'
import { findPort } from '../support/product'
import { environmentOf } from '../support/provider-environment'

const keyOf = (byte: number) => `k1:${Buffer.alloc(32, byte).toString('base64')}`

let web: ChildProcess
let base = ''
const log: string[] = []

/** A web process without a reachable database. */
beforeAll(async () => {
  const port = await findPort()
  base = `http://localhost:${port}`
  const own = {
    PORT: String(port),
    DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/there_is_none',
    APP_ORIGIN: base,
    AUTH_SECRET: keyOf(1),
    SEALING_KEYS: keyOf(2),
    HASHING_KEYS: keyOf(3),
  }
  web = spawn(process.execPath, ['server/run.mjs', 'web'], {
    env: { ...process.env, ...emptyEnvironment(), ...environmentOf('http://127.0.0.1:1'), ...own },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  for (const stream of [web.stdout, web.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => log.push(text))
  await once(web, 'message')
})

afterAll(async () => {
  const exited = once(web, 'exit')
  web.kill('SIGTERM')
  await exited
})

const browser = (headers: Record<string, string> = {}) =>
  newClient({
    base,
    headers: {
      accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
      'accept-encoding': 'gzip',
      ...headers,
    },
  })

describe('while the database is away, a browser without JavaScript', () => {
  it('shows the outage in both languages, with a reference that is in the log, when it posts a form', async () => {
    const client = browser()
    const form = await client.open('/login')
    expect(form.status).toBe(200)
    const answer = await client.press(form, 'Masuk', {
      identifier: '081311112222',
      password: 'perahu kertas',
    })
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('10')
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(answer.html).toContain(outage.id.heading)
    expect(answer.html).toContain(outage.en.heading)
    const reference = /Customer Care: ([\w-]+)/.exec(answer.html)?.[1] ?? 'none'
    await vi.waitFor(() => expect(log.join('')).toContain(reference), 10_000)
    expect(answer.html).not.toMatch(/Internal Server Error|prisma|ECONNREFUSED|\bat \//i)
  })

  it('shows the outage when it opens a page', async () => {
    const answer = await browser({ cookie: 'session=any' }).open('/secure/any')
    expect(answer.status).toBe(503)
    expect(answer.html).toContain(outage.id.heading)
    expect(answer.html).toContain(outage.id.retry)
  })

  it('is the only one: an answer to a fetch of Next is unchanged', async () => {
    const answer = await newClient({ base }).open('/secure/any')
    expect(answer.status).toBe(503)
    expect(answer.html).not.toContain('lang="en"')
  })

  it('leaves one line in the log with the number that the page shows, and no text of the error beside it', async () => {
    const answer = await newClient({ base }).open('/secure/any?from=siti')
    const digest = /digest\W+(\d+)/.exec(answer.html)?.[1] ?? 'none'
    const lines = () =>
      log
        .join('')
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line))
    await vi.waitFor(() =>
      expect(lines()).toContainEqual(expect.objectContaining({ digest, route: '/secure/[token]' })),
    )
    expect(log.join('')).not.toMatch(/siti|⨯|^ +at /m)
  })
})
