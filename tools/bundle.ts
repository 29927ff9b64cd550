import { existsSync, rmSync } from 'node:fs'
import { build } from 'esbuild'

const FOLDER = 'dist'
const ENTRIES = [
  'server/web.ts',
  'server/worker.ts',
  'server/migrate.ts',
  'cli/account.ts',
  'cli/activity.ts',
  'cli/messages.ts',
]

/**
 * What is loaded from node_modules at run time: Next, which comes with its own bundles; what Next leaves outside the bundles of
 * the pages; and a native part of pg that is never installed. Everything else is in the bundle, and a devDependency.
 */
const EXTERNAL = ['next', 'pg', 'pg-native', 'pino', '@node-rs/argon2']

/** CommonJS packages inside of an ES module ask for Node's own modules by a function that such a module lacks. */
const REQUIRE = `import { createRequire as createRequireOfBundle } from 'node:module'
const require = createRequireOfBundle(import.meta.url)`

/** Compiles the processes and the operators' commands to dist/, each with a source map and without any development package. */
export async function bundle(): Promise<void> {
  rmSync(FOLDER, { recursive: true, force: true })
  await build({
    entryPoints: ENTRIES,
    outdir: FOLDER,
    entryNames: '[name]',
    chunkNames: 'shared/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    external: EXTERNAL,
    tsconfig: 'tsconfig.node.json',
    define: { 'process.env.NODE_ENV': '"production"' },
    banner: { js: REQUIRE },
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'warning',
  })
}

/** Whether every process and command has been compiled. */
export const isBundled = () =>
  ENTRIES.every((entry) => existsSync(`${FOLDER}/${entry.replace(/^.*\/(.*)\.ts$/, '$1')}.js`))
