import { watch } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fault, main } from '@/lib/platform/command'
import { readEnv } from '@/lib/platform/env'
import { onStop, tellReady } from '@/lib/platform/shutdown'
import { isBuilt } from '../build-stamp'
import { hashMigrations } from '../migrations/files'
import { isClientFresh } from '../prisma-client'
import { isPortFree } from './port'
import { type Cluster, createCluster } from './postgres/cluster'
import { openSecrets } from './postgres/secrets'
import { type Crew, createCrew } from './process-group'

const SETTLE_MS = 200
const DEMO_VERSION = '1'

const isDev = process.argv.includes('--dev')
const isDurable = !process.argv.includes('--no-fsync')
const dataDir = process.env.DATA_DIR || '.data'
const hasOwnDatabase = Boolean(process.env.DATABASE_URL)

const fromSource = (...args: string[]) => ['tools/run.mjs', ...args]
const compiled = (...args: string[]) => ['server/run.mjs', ...args]

const WEB = {
  title: 'The web process',
  args: isDev ? fromSource('serve', '--dev') : compiled('web'),
}
const WORKER = { title: 'The worker', args: isDev ? fromSource('worker') : compiled('worker') }
const MIGRATE = isDev ? fromSource('migrate') : compiled('migrate')

/** Starts the whole product, holds it until it is told to stop, and leaves nothing running. */
await main(async () => {
  const cluster = hasOwnDatabase ? undefined : createCluster(dataDir, { isDurable })
  const crew = createCrew({ NODE_ENV: isDev ? 'development' : 'production' })
  const asked = new Promise<void>((resolve) => onStop(() => resolve()))
  const launched = launch(cluster, crew).then(() => asked)
  launched.catch(() => {})
  try {
    await Promise.race([asked, launched, crew.death, ...(cluster ? [cluster.death] : [])])
    console.log('\nStopping ...')
  } finally {
    await crew.stop()
    await cluster?.stop()
  }
})
process.exit()

/** Starts each part when what it needs is there. */
async function launch(cluster: Cluster | undefined, crew: Crew) {
  if (cluster) openSecrets(dataDir)
  const environment = readEnv(process.env)
  const databaseUrl = cluster ? (await cluster.start()).DATABASE_URL : environment.DATABASE_URL
  await checkPort(environment.PORT)
  if (!isClientFresh())
    await crew.run({ title: 'Generating the database client', args: fromSource('generate') })
  if (!isDev && !isBuilt()) {
    console.log('Building, once for these sources; this takes about half a minute ...')
    await crew.run({ title: 'The build', args: fromSource('build') })
  }
  const migrate = () =>
    crew.run({ title: 'The migration', args: MIGRATE, environment: { DATABASE_URL: databaseUrl } })
  await (cluster ? cluster.once('migrated', hashMigrations(), migrate) : migrate())
  const customers = cluster ? await cluster.once('demo', DEMO_VERSION, writeDemo) : []
  await Promise.all([crew.keep(WEB), crew.keep(WORKER)])
  if (isDev) restartWorkerOnChange(crew)
  greet(environment, customers)
  tellReady()
}

async function checkPort(port: number) {
  if (await isPortFree(port)) return
  const other = port === 65_535 ? port - 1 : port + 1
  throw fault(
    `Port ${port} is already in use. Stop what uses it, or choose another: PORT=${other} npm start`,
  )
}

async function writeDemo() {
  const [{ seed }, { closeDb }] = await Promise.all([
    import('@/prisma/seed'),
    import('@/lib/platform/db'),
  ])
  return seed().finally(closeDb)
}

// Next reloads the pages by itself; the worker sends texts and must not send old ones.
function restartWorkerOnChange(crew: Crew) {
  let last = 0
  const restart = async () => {
    const mine = ++last
    await sleep(SETTLE_MS)
    if (mine === last) await crew.replace(WORKER)
  }
  for (const folder of ['lib', 'messages'])
    watch(folder, { recursive: true }, () => void restart().catch(() => {}))
}

type Customer = { identifier: string; password: string; hasRecovery: boolean }

function greet(
  { APP_ORIGIN, hasInbox }: ReturnType<typeof readEnv>,
  customers: readonly Customer[],
) {
  const lines = [
    `Shop       ${APP_ORIGIN}`,
    ...customers.map(
      ({ identifier, password, hasRecovery }) =>
        `Log in     ${identifier}  ${password}  (${hasRecovery ? 'has' : 'lacks'} a recovery account)`,
    ),
    ...(hasInbox ? [`Messages   ${APP_ORIGIN}/dev/inbox`] : []),
  ]
  console.log(
    `\nThe product is running.\n\n${lines.map((line) => `  ${line}\n`).join('')}\nCtrl-C stops it.\n`,
  )
}
