import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { expect, vi } from 'vitest'
import { findPort } from '../support/product'
import {
  findPrograms,
  newServerFolder,
  type Programs,
  startServer,
  USER,
  urlAt,
} from './debian-postgres'
import { ask } from './pgbouncer'

const PATIENCE = { timeout: 20_000, interval: 100 }
const DATABASE = 'postgres'
const NAMES = ['pg1', 'pg2', 'pg3'] as const

/** As docs/operations.md, "Fail-over", asks for it: equal on all servers. */
const SETTINGS = [
  `synchronous_standby_names='ANY 1 (${NAMES.join(', ')})'`,
  'synchronous_commit=on',
  'wal_keep_size=64MB',
  'max_connections=100',
]

export type Node = { name: string; folder: string; port: number }

/** A primary and two standbys; every commit waits for one of them. */
export type Replicas = {
  nodes: Node[]
  /** Kills each process of the first server at once, as a power cut does. */
  killPrimary(): void
  /**
   * The steps of docs/operations.md: promotes the standby that has received the most, and lets the
   * other one follow it. Returns the time of the promotion.
   */
  failOver(): Promise<{ promoted: Node; promotedAt: number }>
  /** Starts the killed server again, which takes itself for the primary. */
  restartKilled(): Promise<void>
  stop(): Promise<void>
}

export async function startReplicas(): Promise<Replicas> {
  const programs = findPrograms()
  const nodes: Node[] = []
  for (const name of NAMES) nodes.push({ name, folder: newServerFolder(), port: await findPort() })
  const [primary, ...standbys] = nodes
  if (!primary) throw new Error('there is no server')
  await programs.asOwner('initdb', '-D', dataOf(primary), '-U', USER, '-A', 'trust', '-E', 'UTF8')
  await start(programs, primary)
  for (const standby of standbys) {
    const source = ['-h', '127.0.0.1', '-p', String(primary.port), '-U', USER]
    await programs.asOwner('pg_basebackup', '-D', dataOf(standby), '-R', '-c', 'fast', ...source)
    await start(programs, standby)
  }
  await untilStreaming(primary, standbys.length)
  return {
    nodes,
    killPrimary: () => kill(primary),
    failOver: () => failOver(programs, standbys),
    restartKilled: () => start(programs, primary),
    async stop() {
      await Promise.all(nodes.map((node) => end(programs, node)))
    },
  }
}

const dataOf = ({ folder }: Node) => path.join(folder, 'data')

const start = (programs: Programs, { name, folder, port }: Node) =>
  startServer(programs, { folder, port, settings: [`cluster_name=${name}`, ...SETTINGS] })

const read = async ({ port }: Node, expression: string) =>
  (await ask(urlAt(port, DATABASE), `select ${expression} as value`))[0]?.value

const untilStreaming = (node: Node, count: number) =>
  vi.waitFor(
    async () =>
      expect(
        await read(node, "(select count(*)::int from pg_stat_replication where state='streaming')"),
      ).toBe(count),
    PATIENCE,
  )

function kill(node: Node) {
  const postmaster = pidOf(node)
  const listed = execFileSync('ps', ['-o', 'pid=', '--ppid', String(postmaster)]).toString()
  const children = listed.trim().split(/\s+/).map(Number)
  for (const pid of [postmaster, ...children]) killOne(pid)
}

const pidOf = (node: Node) =>
  Number(readFileSync(path.join(dataOf(node), 'postmaster.pid'), 'utf8').split('\n')[0])

function killOne(pid: number) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended with its parent.
  }
}

async function failOver(programs: Programs, standbys: Node[]) {
  const received = await Promise.all(
    standbys.map(async (node) => ({
      node,
      bytes: Number(await read(node, "pg_last_wal_receive_lsn() - '0/0'::pg_lsn")),
    })),
  )
  received.sort((one, other) => other.bytes - one.bytes)
  const [best, ...others] = received.map(({ node }) => node)
  if (!best) throw new Error('there is no standby')
  await programs.asOwner('pg_ctl', 'promote', '-w', '-D', dataOf(best))
  const promotedAt = Date.now()
  for (const other of others) {
    const source = `user=${USER} host=127.0.0.1 port=${best.port}`
    const url = urlAt(other.port, DATABASE)
    await ask(url, `alter system set primary_conninfo = '${source}'`)
    await ask(url, 'select pg_reload_conf()')
  }
  return { promoted: best, promotedAt }
}

async function end(programs: Programs, node: Node) {
  const stop = ['stop', '-w', '-m', 'immediate', '-D', dataOf(node)]
  await programs.asOwner('pg_ctl', ...stop).catch(() => {})
  rmSync(node.folder, { recursive: true, force: true })
}
