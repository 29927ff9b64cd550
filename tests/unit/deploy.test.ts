import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { instructionsOf } from '../support/dockerfile'
import { emptyEnvironment } from '../support/environment'

const UNITS = readdirSync('deploy/systemd').map((name) => path.join('deploy/systemd', name))
const PROCESSES = ['migrate', 'web', 'worker']

/** Set by the files of deploy/ for the programs themselves, and not read by the product. */
const OF_OTHERS = ['NODE_ENV', 'POSTGRES_USER', 'POSTGRES_DB', 'POSTGRES_PASSWORD_FILE']
const isVariable = (name: string) => name in emptyEnvironment() || OF_OTHERS.includes(name)

describe('the Dockerfile', () => {
  const instructions = instructionsOf('deploy/Dockerfile')
  const restsOf = (name: string) =>
    instructions.filter((instruction) => instruction.name === name).map(({ rest }) => rest)
  const copied = restsOf('COPY')
    .filter((rest) => !rest.startsWith('--from='))
    .flatMap((rest) => rest.split(' ').slice(0, -1))

  it('copies files that exist, and that .dockerignore sends to the builder', () => {
    const sent = readFileSync('.dockerignore', 'utf8').match(/(?<=^!).*$/gm) ?? []
    expect(copied.length).toBeGreaterThan(15)
    for (const name of copied) {
      expect(existsSync(name), name).toBe(true)
      expect(sent).toContain(name.split('/')[0])
    }
    expect(sent.filter((name) => !existsSync(name))).toEqual([])
    expect(readFileSync('.dockerignore', 'utf8')).toMatch(/^\*$/m)
  })

  it('starts from one exact version of a Node that still gets security fixes', () => {
    const images = new Set(restsOf('FROM').map((rest) => rest.split(' ')[0]))
    expect([...images]).toEqual([expect.stringMatching(/^node:24\.\d+\.\d+-\w+-slim$/)])
  })

  it('ends with a user without a name or rights, whom no later step replaces', () => {
    expect(restsOf('USER')).toEqual(['10001:10001'])
    expect(instructions.slice(-4).map(({ name }) => name)).toEqual([
      'USER',
      'EXPOSE',
      'ENTRYPOINT',
      'CMD',
    ])
  })

  it('has no secret and no variable as an argument', () => {
    expect(instructions.filter(({ name }) => name === 'ARG' || name === 'ADD')).toEqual([])
    expect(restsOf('ENV')).toEqual(['NODE_ENV=production HOME=/srv/recovery-account'])
  })
})

describe('the compose file', () => {
  type Service = Record<string, unknown> & { environment?: Record<string, string> }
  const {
    services,
    volumes,
    secrets,
  }: Record<string, Record<string, Service>> = parse(readFileSync('deploy/compose.yaml', 'utf8'), {
    merge: true,
  })

  it.each(PROCESSES)('runs %s without rights, and with a file system that is read-only', (name) => {
    expect(services?.[name]).toMatchObject({
      command: [name],
      read_only: true,
      user: '10001:10001',
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    })
  })

  it('starts web and worker after the migration, and that after the database', () => {
    const migrated = { migrate: { condition: 'service_completed_successfully' } }
    expect(services?.web?.depends_on).toEqual(migrated)
    expect(services?.worker?.depends_on).toEqual(migrated)
    expect(services?.migrate?.depends_on).toEqual({ db: { condition: 'service_healthy' } })
    expect(services?.migrate?.build).toEqual({ context: '..', dockerfile: 'deploy/Dockerfile' })
  })

  it('asks each process that stays whether it is well, at the port where it listens', () => {
    for (const [name, variable, path] of [
      ['web', 'PORT', 'readyz'],
      ['worker', 'WORKER_HEALTH_PORT', 'healthz'],
    ] as const) {
      const { environment = {}, healthcheck } = services?.[name] ?? {}
      const url = `http://127.0.0.1:${environment[variable]}/${path}`
      expect(JSON.stringify(healthcheck)).toContain(`fetch('${url}')`)
    }
  })

  it('opens ports to this host alone, and keeps the database in a volume', () => {
    const ports = Object.values(services ?? {}).flatMap(({ ports: given = [] }) => given)
    expect(ports).toEqual(['127.0.0.1:3001-3002:3000', '127.0.0.1:9464:9464'])
    expect(services?.web?.scale).toBe(2)
    expect([Object.keys(volumes ?? {}), Object.keys(secrets ?? {})]).toEqual([
      ['database'],
      ['database_password'],
    ])
  })

  it('names no unknown variable, and pins every image', () => {
    for (const [name, { environment = {}, image }] of Object.entries(services ?? {})) {
      expect(Object.keys(environment).filter((variable) => !isVariable(variable))).toEqual([])
      expect(image, name).toMatch(/^(?:recovery-account|postgres:\d+\.\d+-\w+)$/)
    }
  })
})

/** The variables that the command of a unit sets itself. */
const commandOf = (unit: string) =>
  /^ExecStart=(?:\/usr\/bin\/env (.*) )?\/usr\/bin\/node server\/run\.mjs (\w+)$/m.exec(
    readFileSync(unit, 'utf8'),
  ) ?? []

describe('the units of systemd', () => {
  it.each(UNITS)('%s starts a process, and sets known variables', (unit) => {
    const text = readFileSync(unit, 'utf8')
    const [, own = '', name = ''] = commandOf(unit)
    expect(PROCESSES).toContain(name)
    expect(path.basename(unit)).toMatch(new RegExp(`^recovery-account-${name}@?\\.service$`))
    const set = [own, ...[...text.matchAll(/^Environment=(.*)$/gm)].map(([, pairs = '']) => pairs)]
      .flatMap((pairs) => pairs.split(' '))
      .flatMap((pair) => pair.split('=')[0] || [])
    expect(set.length).toBeGreaterThan(0)
    expect(set.filter((variable) => !isVariable(variable))).toEqual([])
  })

  it.each([
    ['web@', { PORT: '3001', HOST: '127.0.0.1', TRUSTED_PROXY_HOPS: '1' }],
    ['worker', { WORKER_HEALTH_PORT: '9464', HOST: '127.0.0.1' }],
  ])('%s keeps its own address whatever the shared environment file says', (name, own) => {
    const [, set = ''] = commandOf(`deploy/systemd/recovery-account-${name}.service`)
    const shared = Object.fromEntries(Object.keys(own).map((variable) => [variable, 'of the file']))
    const args = [...set.replace('%i', '3001').split(' '), process.execPath, '-p']
    const env = { NODE_ENV: 'production' as const, ...shared }
    const printed = execFileSync('/usr/bin/env', [...args, 'JSON.stringify(process.env)'], { env })
    expect(JSON.parse(printed.toString())).toMatchObject(own)
  })
})

it('Prometheus and nginx ask for the processes where compose and the units have them', () => {
  const prometheus = readFileSync('deploy/prometheus/prometheus.yml', 'utf8')
  const { scrape_configs: jobs }: { scrape_configs: Job[] } = parse(prometheus)
  const targets = jobs.map((job) => job.static_configs.flatMap((config) => config.targets))
  const nginx = readFileSync('deploy/nginx/recovery-account.conf', 'utf8')
  const servers = [...nginx.matchAll(/^ {2}server (\S+) /gm)].map(([, address]) => address)
  const [webs, workers] = [['127.0.0.1:3001', '127.0.0.1:3002'], ['127.0.0.1:9464']]
  expect([...targets, servers]).toEqual([webs, workers, webs])
})

type Job = { static_configs: { targets: string[] }[] }
