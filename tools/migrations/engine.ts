import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import { type Connections, openConnections } from './adapter'
import { readMigrationDirectories, readSchema } from './files'

const FILTERS = { externalTables: [], externalEnums: [] }
const DIFFERENT = 2

/**
 * Returns the SQL that the migrations lack compared with schema.prisma, undefined when they match.
 * Uses a shadow database.
 */
export function diffMigrations(databaseUrl: string): Promise<string | undefined> {
  return withEngine(databaseUrl, async (engine) => {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'migrations', ...readMigrationDirectories() },
      to: { tag: 'schemaDatamodel', files: [readSchema()] },
      script: true,
      exitCode: true,
      filters: FILTERS,
    })
    return exitCode === DIFFERENT ? (stdout ?? '') : undefined
  })
}

async function withEngine<Value>(
  databaseUrl: string,
  work: (engine: bindings.SchemaEngine) => Promise<Value>,
) {
  await loadWasm()
  const connections = openConnections(databaseUrl)
  const { path: name, content } = readSchema()
  const engine = await bindings.SchemaEngine.new(
    { datamodels: [[name, content]] },
    () => {},
    bind(connections),
  )
  try {
    return await work(engine)
  } finally {
    engine.free()
    await connections.close()
  }
}

const bind = ({ factory }: Connections) => bindMigrationAwareSqlAdapterFactory(factory)

async function loadWasm() {
  const file = path.join(
    path.dirname(fileURLToPath(import.meta.resolve('@prisma/schema-engine-wasm'))),
    'schema_engine_bg.wasm',
  )
  const { instance } = await WebAssembly.instantiate(readFileSync(file), {
    './schema_engine_bg.js': { ...bindings },
  })
  bindings.__wbg_set_wasm(instance.exports)
  const { __wbindgen_start: start } = instance.exports
  if (typeof start === 'function') start()
  // Without this function, a panic of the engine is reported as a TypeError.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: console.error } })
}
