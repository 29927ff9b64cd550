import { watch } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { cliError, main } from '@/lib/platform/command'
import { readEnv } from '@/lib/platform/env'
import { HOST_FAULT, isNoOwnAddress } from '@/lib/platform/host'
import { onStop, reportReady } from '@/lib/platform/shutdown'
import { isBuilt } from '../build-stamp'
import { hashMigrations } from '../migrations/files'
import { isClientFresh } from '../prisma-client'
import { isPortFree } from './port'
import { type Cluster, createCluster } from './postgres/cluster'
import { openSecrets } from './postgres/secrets'
import { createProcessGroup, type ProcessGroup } from './process-group'

const DEBOUNCE_MS = 200
const DEMO_VERSION = '1'

const isDev = process.argv.includes('--dev')
const isDurable = !process.argv.includes('--no-fsync')
const dataDir = process.env.DATA_DIR || '.data'
const hasExternalDatabase = Boolean(process.env.DATABASE_URL)

const fromSource = (...args: string[]) => ['tools/run.mjs', ...args]
const compiled = (...args: string[]) => ['server/run.mjs', ...args]

const WEB = {
  title: 'The web process',
  args: isDev ? fromSource('serve', '--dev') : compiled('web'),
}
const WORKER = { title: 'The worker', args: isDev ? fromSource('worker') : compiled('worker') }
const MIGRATE = isDev ? fromSource('migrate') : compiled('migrate')

/** Starts database, web and worker, waits for a signal to stop, and stops all of them. */
await main(async () => {
  const cluster = hasExternalDatabase ? undefined : createCluster(dataDir, { isDurable })
  const processes = createProcessGroup({ NODE_ENV: isDev ? 'development' : 'production' })
  const stopRequested = new Promise<void>((resolve) => onStop(() => resolve()))
  const launched = launch(cluster, processes).then(() => stopRequested)
  launched.catch(() => {})
  try {
    await Promise.race([
      stopRequested,
      launched,
      processes.unexpectedExit,
      ...(cluster ? [cluster.unexpectedExit] : []),
    ])
    console.log('\nStopping ...')
  } finally {
    await processes.stop()
    await cluster?.stop()
  }
})
process.exit()

/**
 * Starts the parts in the order of their dependencies: database, build, migration, demo data, then
 * web and worker.
 */
async function launch(cluster: Cluster | undefined, processes: ProcessGroup) {
  if (cluster) openSecrets(dataDir)
  const environment = readEnv(process.env)
  const databaseUrl = cluster ? (await cluster.start()).DATABASE_URL : environment.DATABASE_URL
  await checkPort(environment)
  if (!isClientFresh())
    await processes.runCommand({
      title: 'Generating the database client',
      args: fromSource('generate'),
    })
  if (!isDev && !isBuilt()) {
    console.log(
      'Building, because the sources or the version of Node have changed. This takes about half a minute ...',
    )
    await processes.runCommand({ title: 'The build', args: fromSource('build') })
  }
  const migrate = () =>
    processes.runCommand({
      title: 'The migration',
      args: MIGRATE,
      environment: { DATABASE_URL: databaseUrl },
    })
  await (cluster ? cluster.runOnce('migrated', hashMigrations(), migrate) : migrate())
  const customers = cluster ? await cluster.runOnce('demo', DEMO_VERSION, seedDemo) : []
  const [invitation] = await Promise.all([
    cluster && databaseUrl ? inviteFirst(cluster, databaseUrl, environment) : undefined,
    processes.startService(WEB),
    processes.startService(WORKER),
  ])
  if (isDev) restartWorkerOnChange(processes)
  printSummary(environment, customers, invitation)
  reportReady()
}

async function checkPort({ PORT: port, HOST }: ReturnType<typeof readEnv>) {
  const isFree = await isPortFree(port, HOST).catch((error: unknown) => {
    throw isNoOwnAddress(error) ? cliError(HOST_FAULT) : error
  })
  if (isFree) return
  const other = port === 65_535 ? port - 1 : port + 1
  throw cliError(
    `Port ${port} is already in use. Stop the program that uses it, or choose another port: PORT=${other} npm start`,
  )
}

async function seedDemo() {
  const [{ seed }, { closeDb }] = await Promise.all([
    import('@/prisma/seed'),
    import('@/lib/platform/db'),
  ])
  return seed().finally(closeDb)
}

/**
 * The link by which the first member of staff enters the care console; undefined when somebody has. It
 * is made once a day, because it is valid for 24 hours, and the modules that make it take seconds to load.
 */
async function inviteFirst(
  cluster: Cluster,
  databaseUrl: string,
  { APP_ORIGIN, CARE_ORIGIN = APP_ORIGIN }: ReturnType<typeof readEnv>,
) {
  if (await hasStaff(databaseUrl)) return undefined
  const today = new Date().toISOString().slice(0, 10)
  const token = await cluster.runOnce('invited', today, makeInvitation)
  return token && `${CARE_ORIGIN}/care/invitation/${token}`
}

async function hasStaff(connectionString: string) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return ((await client.query('select 1 from "StaffKey" limit 1')).rowCount ?? 0) > 0
  } finally {
    await client.end()
  }
}

async function makeInvitation() {
  const [{ inviteFirstAdministrator }, { closeDb }] = await Promise.all([
    import('@/lib/support'),
    import('@/lib/platform/db'),
  ])
  const invite = inviteFirstAdministrator({ name: 'Demo', now: new Date() })
  const invited = await invite.finally(closeDb)
  return invited.ok ? invited.value.token : undefined
}

// Next reloads the pages itself. The worker is restarted, so that it does not send old texts.
function restartWorkerOnChange(processes: ProcessGroup) {
  let latestChange = 0
  const restart = async () => {
    const change = ++latestChange
    await sleep(DEBOUNCE_MS)
    if (change === latestChange) await processes.restartService(WORKER)
  }
  for (const folder of ['lib', 'messages'])
    watch(folder, { recursive: true }, () => void restart().catch(() => {}))
}

type Customer = { identifier: string; password: string; hasRecovery: boolean }

function printSummary(
  { APP_ORIGIN, hasInbox }: ReturnType<typeof readEnv>,
  customers: readonly Customer[],
  invitation: string | undefined,
) {
  const lines = [
    `Shop       ${APP_ORIGIN}`,
    ...customers.map(
      ({ identifier, password, hasRecovery }) =>
        `Log in     ${identifier}  ${password}  (${hasRecovery ? 'has' : 'lacks'} a recovery account)`,
    ),
    ...(hasInbox ? [`Messages   ${APP_ORIGIN}/dev/inbox`] : []),
    ...(invitation ? [`Care       ${invitation}  (makes a passkey for the care console)`] : []),
  ]
  console.log(
    `\nThe product is running.\n\n${lines.map((line) => `  ${line}\n`).join('')}\nCtrl-C stops it.\n`,
  )
}
