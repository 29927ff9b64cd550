import type { ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, it, vi } from 'vitest'
import { findPort } from '../support/product'
import { besideProduct, linesOf, startProcess, stopProcess } from '../system/processes'

const TOKEN = 'token-of-these-tests'
const COUNT = 12

/** Two web processes at a port, by the process that started them. */
async function startTwo(port: number) {
  const base = `http://localhost:${port}`
  const settings = { APP_ORIGIN: base, WEB_CONCURRENCY: '2', METRICS_TOKEN: TOKEN }
  const env = besideProduct({ PORT: String(port), ...settings })
  return { base, starter: await startProcess('web', { env }) }
}

const pidsOf = ({ pid }: ChildProcess) =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number)

/**
 * A page over a connection of its own, so that the processes take turns. It is read to its end: a request
 * that its client gives up is not counted.
 */
async function statusOf(url: string) {
  const response = await fetch(url, { headers: { connection: 'close' } })
  await response.arrayBuffer()
  return response.status
}

const statusesOf = (url: string) => Promise.all(Array.from({ length: COUNT }, () => statusOf(url)))

const OK = Array(COUNT).fill(200)

it('of two web processes at a port, one that is killed is replaced while the other serves', async () => {
  const { base, starter } = await startTwo(await findPort())
  const pids = pidsOf(starter)
  expect(pids).toHaveLength(2)
  expect(await statusesOf(`${base}/login`)).toEqual(OK)
  for (const [nth, pid] of pids.entries()) {
    process.kill(pid, 'SIGKILL')
    // A connection that is handed to it before its end is noticed gets no answer.
    const ended = () => linesOf(starter, 'web_process_ended')
    await vi.waitFor(() => expect(ended()).toHaveLength(nth + 1), { timeout: 20_000 })
    expect(ended().at(-1)).toMatchObject({ signal: 'SIGKILL' })
    expect(pidsOf(starter)).not.toContain(pid)
    expect(await statusesOf(`${base}/login`)).toEqual(OK)
    const replaced = () => linesOf(starter, 'web_process_replaced')
    await vi.waitFor(() => expect(replaced()).toHaveLength(nth + 1), { timeout: 20_000 })
    expect(await statusesOf(`${base}/login`)).toEqual(OK)
    await vi.waitFor(async () => expect(await statusesOf(`${base}/readyz`)).toEqual(OK), {
      timeout: 20_000,
    })
  }
  const last = pidsOf(starter)
  expect(await stopProcess(starter)).toBe(0)
  for (const pid of last) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
})

it('two web processes at a port show the sum of their metrics', async () => {
  const { base, starter } = await startTwo(await findPort())
  expect(await statusesOf(`${base}/help`)).toEqual(OK)
  const headers = { authorization: `Bearer ${TOKEN}`, connection: 'close' }
  const countRequests = async () => {
    const metrics = await (await fetch(`${base}/metrics`, { headers })).text()
    return /request_duration_seconds_count\{[^}]*route="\/help"[^}]*\} (\d+)/.exec(metrics)?.[1]
  }
  // Both are asked in turn.
  for (let nth = 0; nth < 2; nth++)
    await vi.waitFor(async () => expect(await countRequests()).toBe(`${COUNT}`), {
      timeout: 20_000,
    })
  expect(await stopProcess(starter)).toBe(0)
})

it('web processes whose port is taken say so, and end', async () => {
  const port = await findPort()
  const { starter } = await startTwo(port)
  await expect(startTwo(port)).rejects.toThrow(`Port ${port} is already in use.`)
  expect(await stopProcess(starter)).toBe(0)
})
