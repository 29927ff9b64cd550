import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { newFolder } from '../support/environment'
import { type Launch, launch } from '../support/launcher'
import { findPort } from '../support/product'

const dataDir = newFolder('start')
const lock = path.join(dataDir, 'postgres', 'data', 'postmaster.pid')
const secrets = path.join(dataDir, 'embedded.json')
let port = 0
const started: Launch[] = []

beforeAll(async () => {
  port = await findPort()
})

/** What a failed test left running would fail the next ones, too. */
afterEach(async () => {
  const left = started.splice(0)
  for (const { pid } of left) end(pid, 'SIGTERM')
  await Promise.all(left.map(({ exited }) => exited))
})

afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

function start(env: Record<string, string> = {}) {
  const launched = launch({ DATA_DIR: dataDir, PORT: String(port), ...env })
  started.push(launched)
  return launched
}

function end(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended already.
  }
}

async function startAndWait() {
  const launched = start()
  expect(await launched.isReady, launched.output()).toBe(true)
  return launched
}

async function refusalUnder(env: Record<string, string>) {
  const launched = start(env)
  expect(await launched.exited).toBe(1)
  return launched.output().trim()
}

const answers = () =>
  fetch(`http://localhost:${port}/readyz`).then(
    ({ status }) => status,
    () => undefined,
  )
const readSecrets = (): { DATABASE_URL: string } => JSON.parse(readFileSync(secrets, 'utf8'))
const postgresPid = () => Number(readFileSync(lock, 'utf8').split('\n')[0])

describe('a start', () => {
  it('says where the shop is, who can log in, and where the messages are', async () => {
    const launched = await startAndWait()
    expect(launched.output()).toContain(`http://localhost:${port}`)
    expect(launched.output()).toContain('budi@contoh.example')
    expect(launched.output()).toContain(`http://localhost:${port}/dev/inbox`)
    expect(await answers()).toBe(200)
    expect(statSync(secrets).mode & 0o777).toBe(0o600)
    process.kill(launched.pid, 'SIGTERM')
    expect(await launched.exited).toBe(0)
  })

  it('keeps the secrets of the one before, though its port of PostgreSQL is taken, and ends with Ctrl-C, which reaches all of its processes at once', async () => {
    const before = readSecrets()
    const url = new URL(before.DATABASE_URL)
    const taken = createServer()
    // An error says that another program has it already.
    await new Promise<void>((resolve) => taken.once('error', () => resolve()).listen(Number(url.port), url.hostname, resolve))
    const launched = await startAndWait()
    taken.close()
    const after = readSecrets()
    const moved = new URL(after.DATABASE_URL)
    expect(moved.port).not.toBe(url.port)
    moved.port = url.port
    expect({ ...after, DATABASE_URL: moved.href }).toEqual(before)
    process.kill(-launched.pid, 'SIGINT')
    expect(await launched.exited).toBe(0)
    expect(existsSync(lock)).toBe(false)
    expect(await answers()).toBeUndefined()
  })

  it('takes over the PostgreSQL of one that was killed; its web and worker have ended by themselves', async () => {
    const killed = await startAndWait()
    const pid = postgresPid()
    process.kill(killed.pid, 'SIGKILL')
    await killed.exited
    const launched = await startAndWait()
    expect(postgresPid()).toBe(pid)
    process.kill(launched.pid, 'SIGTERM')
    expect(await launched.exited).toBe(0)
    expect(existsSync(lock)).toBe(false)
  })

  it('gets over the lock of a PostgreSQL that was killed, though another program now bears its number', async () => {
    const killed = await startAndWait()
    const left = readFileSync(lock, 'utf8')
    process.kill(postgresPid(), 'SIGKILL')
    expect(await killed.exited).toBe(1)
    expect(killed.output()).toContain('PostgreSQL ended unexpectedly')
    writeFileSync(lock, left.replace(/^\d+/, String(process.pid)))
    const launched = await startAndWait()
    process.kill(launched.pid, 'SIGTERM')
    expect(await launched.exited).toBe(0)
  })
})

describe('a start that cannot be says so in one message:', () => {
  it('a second one on the same data', async () => {
    const first = await startAndWait()
    expect(await refusalUnder({})).toMatch(/^The product already runs on/)
    process.kill(first.pid, 'SIGTERM')
    expect(await first.exited).toBe(0)
  })

  it('a port in use', async () => {
    const other = createServer().listen(port)
    await once(other, 'listening')
    expect(await refusalUnder({})).toMatch(
      new RegExp(`^Port ${port} is already in use\\. Stop what uses it, or choose another: PORT=`),
    )
    other.close()
  })

  it('wrong values in the environment, all of them', async () => {
    const refusal = await refusalUnder({ RESEND_PAUSE_SECONDS: '0', SMS_COUNTRIES: 'Indonesia' })
    expect(refusal).toMatch(/^The environment has 2 fault\(s\)/)
    expect(refusal).toContain('RESEND_PAUSE_SECONDS')
    expect(refusal).toContain('SMS_COUNTRIES')
  })

  it('a DATA_DIR that cannot be written to', async () => {
    const file = path.join(dataDir, 'a-file')
    writeFileSync(file, '')
    expect(await refusalUnder({ DATA_DIR: path.join(file, 'data') })).toMatch(
      /^DATA_DIR \(.*\) cannot be written to \(ENOTDIR\)\. /,
    )
  })

  it('secrets that are gone while the data is there', async () => {
    const kept = readFileSync(secrets)
    rmSync(secrets)
    expect(await refusalUnder({})).toMatch(/embedded\.json is missing/)
    writeFileSync(secrets, kept, { mode: 0o600 })
  })
})
