// The functions of @prisma/adapter-pg that the schema engine needs, with corrections of three bugs
// of 7.10.0.
import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import {
  ColumnTypeEnum,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
} from '@prisma/driver-adapter-utils'
import pg from 'pg'

const CHAR = 18
const TEXT = 25

type Field = { dataTypeID: number }
export type Connections = {
  factory: SqlMigrationAwareDriverAdapterFactory
  close: () => Promise<void>
}

/**
 * Creates the adapter factory of the schema engine. `close` ends the connections that the engine
 * leaves open.
 */
export function openConnections(databaseUrl: string): Connections {
  const config = poolConfig(databaseUrl)
  const pools: pg.Pool[] = []
  const connect = (database: string | undefined) => {
    const pool = new pg.Pool({ ...config, database })
    pools.push(pool)
    return adapt(pool)
  }
  return {
    factory: {
      provider: 'postgres',
      adapterName: '@prisma/adapter-pg',
      connect: () => connect(config.database),
      connectToShadowDb: () => connectToShadow(config, connect),
    },
    close: async () => void (await Promise.all(pools.map((pool) => pool.ended || pool.end()))),
  }
}

// With a connection string, `pg` ignores `database` and connects to the real database instead of
// the shadow database.
function poolConfig(databaseUrl: string) {
  const url = new URL(databaseUrl)
  const sslMode = url.searchParams.get('sslmode')
  return {
    host: url.hostname,
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    ...(sslMode &&
      sslMode !== 'disable' && { ssl: { rejectUnauthorized: sslMode === 'verify-full' } }),
  }
}

async function adapt(pool: pg.Pool): Promise<SqlDriverAdapter> {
  pool.on('error', () => {})
  const chars = trackCharColumns(pool)
  const adapter = await new PrismaPg(pool).connect()
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: async (query: SqlQuery) => {
      const result = await adapter.queryRaw(query)
      const columnTypes = result.columnTypes.map((type, column) =>
        chars.has(column) ? ColumnTypeEnum.Character : type,
      )
      return { ...result, columnTypes }
    },
    executeRaw: (query) => adapter.executeRaw(query),
    // The adapter's executeScript splits at every semicolon, which breaks function bodies and
    // commits half of a failed migration.
    executeScript: async (script) =>
      void (await adapter.executeRaw({ sql: script, args: [], argTypes: [] })),
    startTransaction: (level) => adapter.startTransaction(level),
    getConnectionInfo: () => adapter.getConnectionInfo(),
    dispose: () => pool.end(),
  }
}

// The adapter refuses the catalogue type "char". It is passed as text, and the column's type is
// corrected in the result.
function trackCharColumns(pool: pg.Pool) {
  const columns = new Set<number>()
  pool.on('connect', (client: pg.PoolClient & { connection?: pg.Connection }) =>
    client.connection?.prependListener('rowDescription', ({ fields }: { fields: Field[] }) => {
      columns.clear()
      for (const [column, field] of fields.entries()) {
        if (field.dataTypeID !== CHAR) continue
        field.dataTypeID = TEXT
        columns.add(column)
      }
    }),
  )
  return columns
}

// The adapter drops the shadow database while it is still connected to it, which fails and leaves
// the database.
async function connectToShadow(
  config: pg.PoolConfig,
  connect: (database: string) => Promise<SqlDriverAdapter>,
) {
  const name = `shadow_${randomUUID().replaceAll('-', '')}`
  await runOn(config, `create database ${name}`)
  const adapter = await connect(name)
  const dispose = async () => {
    await adapter.dispose()
    await runOn(config, `drop database if exists ${name} with (force)`)
  }
  return { ...adapter, dispose }
}

async function runOn(config: pg.PoolConfig, sql: string) {
  const client = new pg.Client(config)
  await client.connect()
  await client.query(sql).finally(() => client.end())
}
