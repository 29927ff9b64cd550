import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { fault } from '@/lib/platform/command'
import { failable } from '../deferred'
import { onceFor } from '../once'
import { nextFreePort } from '../port'
import { postgresPrograms } from './binaries'
import { dataFolder, here, initialiseData, postgresOwner } from './initialise'
import { createDatabase, holdCluster, tryConnect } from './launcher-lock'
import { findImpostor, findPostmaster } from './postmaster'
import { openSecrets, rememberPort, type Secrets } from './secrets'

const START_PATIENCE_MS = 120_000
const STOP_PATIENCE_MS = 20_000
const LOOK_EVERY_MS = 50
const TRIES = 3
const LOG_LINES = 12
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']
// The log is to hold no customer's data: neither statements nor the values of a violated key.
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=200',
  'timezone=UTC',
  'log_timezone=UTC',
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
]

type State = {
  readonly dataDir: string
  readonly isDurable: boolean
  readonly death: ReturnType<typeof failable>
  children: ChildProcess[]
  client?: pg.Client
  isHeld: boolean
  isStopping: boolean
}

export type Cluster = {
  start: () => Promise<Secrets>
  stop: () => Promise<void>
  death: Promise<never>
  once: <Value>(name: string, version: string, work: () => Promise<Value>) => Promise<Value>
}

/**
 * PostgreSQL in DATA_DIR, for one launcher at a time. `start` adopts one that a killed launcher left running; `stop` ends
 * only what this launcher holds. `death` rejects when PostgreSQL ends by itself. What is not durable is faster, and a
 * power cut may cost its data. `once` does what is needed once for these data, and remembers what came of it.
 */
export function createCluster(dataDir: string, { isDurable }: { isDurable: boolean }): Cluster {
  const death = failable()
  const state = {
    dataDir: path.resolve(dataDir),
    isDurable,
    death,
    children: [],
    isHeld: false,
    isStopping: false,
  }
  return {
    start: () => start(state),
    stop: () => stop(state),
    death: death.promise,
    once: (name, version, work) =>
      onceFor(path.dirname(dataFolder(state.dataDir)), name, version, work),
  }
}

async function start(state: State): Promise<Secrets> {
  const secrets = openSecrets(state.dataDir)
  const { username, password } = new URL(secrets.DATABASE_URL)
  initialiseData(state.dataDir, { user: username, password }, state.isDurable)
  const { client, port } = await bringUp(state, secrets.DATABASE_URL)
  await holdCluster(client, state.dataDir)
  state.isHeld = true
  await createDatabase(client, secrets.DATABASE_URL)
  return rememberPort(state.dataDir, secrets, port)
}

async function bringUp(state: State, databaseUrl: string) {
  const data = dataFolder(state.dataDir)
  const patience = AbortSignal.timeout(START_PATIENCE_MS)
  let port = Number(new URL(databaseUrl).port)
  while (!patience.aborted && !state.isStopping) {
    const found = findPostmaster(data)
    if (!found && !isAlive(state.children.at(-1))) {
      if (state.children.length === TRIES) break
      port = await nextFreePort(port, '127.0.0.1')
      if (state.isStopping) break
      state.children.push(spawnPostgres(state, port))
    }
    const client = found?.isReady ? await tryConnect(databaseUrl, found.port) : undefined
    if (found && client) return { client: watch(state, client), port: found.port }
    await sleep(LOOK_EVERY_MS)
  }
  throw fault(
    `PostgreSQL did not start. The end of ${logFile(state.dataDir)}:\n${tail(logFile(state.dataDir))}`,
  )
}

// A session of its own keeps a terminal's Ctrl-C away from PostgreSQL until web and worker are done with it.
function spawnPostgres({ dataDir, isDurable }: State, port: number) {
  const data = dataFolder(dataDir)
  const log = openSync(logFile(dataDir), 'a', 0o600)
  const settings = [`port=${port}`, ...SETTINGS, ...(isDurable ? [] : FAST)].flatMap((setting) => [
    '-c',
    setting,
  ])
  const child = spawn(path.join(postgresPrograms(), 'postgres'), ['-D', here(data), ...settings], {
    ...postgresOwner(data),
    cwd: data,
    env: { ...process.env, LC_ALL: 'C', ...overlookImpostor(data) },
    stdio: ['ignore', log, log],
    detached: true,
  })
  closeSync(log)
  child.unref()
  return child
}

// PostgreSQL starts over a lock file whose process is its own grandparent, and it looks here for that one's number.
// Deleting the file instead would skip its check that no orphan still writes to the same shared memory.
function overlookImpostor(data: string) {
  const impostor = findImpostor(data)
  return impostor ? { PG_GRANDPARENT_PID: String(impostor) } : {}
}

function watch(state: State, client: pg.Client) {
  state.client = client
  client.on('error', () => {})
  client.on('end', () => {
    if (!state.isStopping)
      state.death.fail(
        fault(`PostgreSQL ended unexpectedly. See the end of ${logFile(state.dataDir)}.`),
      )
  })
  return client
}

async function stop(state: State) {
  state.isStopping = true
  await state.client?.end().catch(() => {})
  const data = dataFolder(state.dataDir)
  const child = state.children.at(-1)
  const pid = isAlive(child) ? child?.pid : state.isHeld ? findPostmaster(data)?.pid : undefined
  if (!pid) return
  process.kill(pid, 'SIGINT')
  const patience = AbortSignal.timeout(STOP_PATIENCE_MS)
  while (findPostmaster(data)?.pid === pid || isAlive(child)) {
    if (patience.aborted) process.kill(pid, 'SIGQUIT')
    await sleep(LOOK_EVERY_MS)
  }
}

const isAlive = (child: ChildProcess | undefined) =>
  child?.pid !== undefined && child.exitCode === null && child.signalCode === null
const logFile = (dataDir: string) => path.join(dataDir, 'postgres.log')

function tail(file: string) {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LOG_LINES).join('\n')
}
