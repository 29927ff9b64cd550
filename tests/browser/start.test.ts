import { once } from 'node:events'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
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

afterAll(async () => {
  for (const { pid } of started) end(pid, 'SIGTERM')
  await Promise.all(started.map(({ exited }) => exited))
  rmSync(dataDir, { recursive: true, force: true })
})

function start(env: Record<string, string> = {}) {
  const launched = launch({ DATA_DIR: dataDir, PORT: String(port), ...env })
  started.push(launched)
  return launched
}

function end(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal)
  } catch {
    // The process has already ended.
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
  let running: Launch

  it('prints the address of the shop, an account to log in with, and the address of the inbox', async () => {
    running = await startAndWait()
    expect(running.output()).toContain(`http://localhost:${port}`)
    expect(running.output()).toContain('budi@contoh.example')
    expect(running.output()).toContain(`http://localhost:${port}/dev/inbox`)
    await vi.waitFor(async () => expect(await answers()).toBe(200), { timeout: 15_000 })
    expect(statSync(secrets).mode & 0o777).toBe(0o600)
  })

  it('prints an invitation to the care console, which is open', async () => {
    const [link = ''] =
      /http:\/\/localhost:\d+\/care\/invitation\/[\w-]+/.exec(running.output()) ?? []
    const answer = await fetch(link)
    expect([answer.status, await answer.text()]).toEqual([
      200,
      expect.stringContaining('Buat kunci sandi'),
    ])
  })

  it('is refused while another runs on the same data folder', async () => {
    expect(await refusalUnder({})).toMatch(/^The product already runs on/)
    expect(await answers()).toBe(200)
  })

  it('takes over the PostgreSQL of a killed one, whose web and worker have ended', async () => {
    const pid = postgresPid()
    process.kill(running.pid, 'SIGKILL')
    await running.exited
    running = await startAndWait()
    expect(postgresPid()).toBe(pid)
  })

  it('removes the lock of a killed PostgreSQL although other programs use its pid and its port, and keeps the secrets', async () => {
    const before = readSecrets()
    const url = new URL(before.DATABASE_URL)
    const left = readFileSync(lock, 'utf8')
    process.kill(postgresPid(), 'SIGKILL')
    expect(await running.exited).toBe(1)
    expect(running.output()).toContain('PostgreSQL ended unexpectedly')
    writeFileSync(lock, left.replace(/^\d+/, String(process.pid)))
    const taken = createServer()
    // An error means that another program uses the port.
    await new Promise<void>((resolve) =>
      taken.once('error', () => resolve()).listen(Number(url.port), url.hostname, resolve),
    )
    running = await startAndWait()
    taken.close()
    const after = readSecrets()
    const moved = new URL(after.DATABASE_URL)
    expect(moved.port).not.toBe(url.port)
    moved.port = url.port
    expect({ ...after, DATABASE_URL: moved.href }).toEqual(before)
  })

  it('ends all of its processes on Ctrl-C', async () => {
    process.kill(-running.pid, 'SIGINT')
    expect(await running.exited).toBe(0)
    expect(existsSync(lock)).toBe(false)
    expect(await answers()).toBeUndefined()
  })
})

describe('a start that fails prints one message for', () => {
  it('a port in use', async () => {
    const other = createServer().listen(port)
    await once(other, 'listening')
    expect(await refusalUnder({})).toMatch(
      new RegExp(
        `^Port ${port} is already in use\\. Stop the program that uses it, or choose another port: PORT=`,
      ),
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

  it('missing secrets of existing data', async () => {
    const kept = readFileSync(secrets)
    rmSync(secrets)
    expect(await refusalUnder({})).toMatch(/embedded\.json is missing/)
    writeFileSync(secrets, kept, { mode: 0o600 })
  })
})
