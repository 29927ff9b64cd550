import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { closeSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { cliError } from '@/lib/platform/command'
import { createDeferred } from '../deferred'
import { findFreePort } from '../port'
import { runOnce } from '../run-once'
import { postgresPrograms } from './binaries'
import { dataFolder, initialiseData, postgresOwner, workingDirectoryOf } from './initialise'
import { acquireLauncherLock, createDatabase, tryConnect } from './launcher-lock'
import { findPostmaster, findStalePid } from './postmaster'
import { openSecrets, type Secrets, storePort } from './secrets'

const START_TIMEOUT_MS = 120_000
const STOP_TIMEOUT_MS = 20_000
const POLL_INTERVAL_MS = 50
const START_ATTEMPTS = 5
const PORTS_APART = 100
const LOG_LINES = 12
const NOT_DURABLE = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']
// The log must not contain customer data: no statements, and no values of a violated key.
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
  readonly unexpectedExit: ReturnType<typeof createDeferred>
  children: ChildProcess[]
  client?: pg.Client
  hasLauncherLock: boolean
  isStopping: boolean
}

export type Cluster = {
  start: () => Promise<Secrets>
  stop: () => Promise<void>
  unexpectedExit: Promise<never>
  runOnce: <Value>(name: string, version: string, work: () => Promise<Value>) => Promise<Value>
}

/**
 * PostgreSQL in DATA_DIR, for one launcher at a time. `start` adopts a server that a killed
 * launcher left running; it throws when another launcher uses it or when it does not start within
 * two minutes. `stop` stops only the server of this launcher. `unexpectedExit` rejects when the
 * server exits before `stop`. A cluster that is not durable is faster and may lose its data in a
 * power cut. `runOnce` runs work once per version for these data, and stores its result.
 */
export function createCluster(dataDir: string, { isDurable }: { isDurable: boolean }): Cluster {
  const unexpectedExit = createDeferred()
  const state = {
    dataDir: path.resolve(dataDir),
    isDurable,
    unexpectedExit,
    children: [],
    hasLauncherLock: false,
    isStopping: false,
  }
  return {
    start: () => start(state),
    stop: () => stop(state),
    unexpectedExit: unexpectedExit.promise,
    runOnce: (name, version, work) =>
      runOnce(path.dirname(dataFolder(state.dataDir)), name, version, work),
  }
}

async function start(state: State): Promise<Secrets> {
  const secrets = openSecrets(state.dataDir)
  const { username, password } = new URL(secrets.DATABASE_URL)
  initialiseData(state.dataDir, { user: username, password }, state.isDurable)
  const { client, port } = await startAndConnect(state, secrets.DATABASE_URL)
  await acquireLauncherLock(client, state.dataDir)
  state.hasLauncherLock = true
  await createDatabase(client, secrets.DATABASE_URL)
  return storePort(state.dataDir, secrets, port)
}

async function startAndConnect(state: State, databaseUrl: string) {
  const data = dataFolder(state.dataDir)
  const timeout = AbortSignal.timeout(START_TIMEOUT_MS)
  let port = Number(new URL(databaseUrl).port)
  while (!timeout.aborted && !state.isStopping) {
    const found = findPostmaster(data)
    if (!found && !isAlive(state.children.at(-1))) {
      if (state.children.length === START_ATTEMPTS) break
      // Launchers that start together find the same free port, and only one gets it.
      if (state.children.length > 0) port += randomInt(1, PORTS_APART)
      port = await findFreePort(port, '127.0.0.1')
      if (state.isStopping) break
      state.children.push(spawnPostgres(state, port))
    }
    const client = found?.isReady ? await tryConnect(databaseUrl, found.port) : undefined
    if (found && client) return { client: watchConnection(state, client), port: found.port }
    await sleep(POLL_INTERVAL_MS)
  }
  throw cliError(
    `PostgreSQL did not start. Last lines of ${logFile(state.dataDir)}:\n${tail(logFile(state.dataDir))}`,
  )
}

// `detached` starts a new session: Ctrl-C in a terminal does not reach PostgreSQL before web and
// worker have stopped.
function spawnPostgres({ dataDir, isDurable }: State, port: number) {
  const data = dataFolder(dataDir)
  const log = openSync(logFile(dataDir), 'a', 0o600)
  const settings = [`port=${port}`, ...SETTINGS, ...(isDurable ? [] : NOT_DURABLE)].flatMap(
    (setting) => ['-c', setting],
  )
  const child = spawn(
    path.join(postgresPrograms(), 'postgres'),
    ['-D', workingDirectoryOf(data), ...settings],
    {
      ...postgresOwner(data),
      cwd: data,
      env: { ...process.env, LC_ALL: 'C', ...ignoreStalePid(data) },
      stdio: ['ignore', log, log],
      detached: true,
    },
  )
  closeSync(log)
  child.unref()
  return child
}

// PostgreSQL replaces a lock file that names its grandparent process, whose id it reads from this
// variable. If the file were deleted instead, PostgreSQL could not check that no orphan process
// still uses the shared memory named in it.
function ignoreStalePid(data: string) {
  const stalePid = findStalePid(data)
  return stalePid ? { PG_GRANDPARENT_PID: String(stalePid) } : {}
}

function watchConnection(state: State, client: pg.Client) {
  state.client = client
  client.on('error', () => {})
  client.on('end', () => {
    if (!state.isStopping)
      state.unexpectedExit.reject(
        cliError(`PostgreSQL ended unexpectedly. See the end of ${logFile(state.dataDir)}.`),
      )
  })
  return client
}

async function stop(state: State) {
  state.isStopping = true
  await state.client?.end().catch(() => {})
  const data = dataFolder(state.dataDir)
  const child = state.children.at(-1)
  const pid = isAlive(child)
    ? child?.pid
    : state.hasLauncherLock
      ? findPostmaster(data)?.pid
      : undefined
  if (!pid) return
  process.kill(pid, 'SIGINT')
  const timeout = AbortSignal.timeout(STOP_TIMEOUT_MS)
  while (findPostmaster(data)?.pid === pid || isAlive(child)) {
    if (timeout.aborted) process.kill(pid, 'SIGQUIT')
    await sleep(POLL_INTERVAL_MS)
  }
}

const isAlive = (child: ChildProcess | undefined) =>
  child?.pid !== undefined && child.exitCode === null && child.signalCode === null
const logFile = (dataDir: string) => path.join(dataDir, 'postgres.log')

function tail(file: string) {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LOG_LINES).join('\n')
}
