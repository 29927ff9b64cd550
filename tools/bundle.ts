import { rmSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'
import { FILTER, makeFilter } from '@/lib/platform/password-list'
import { BUNDLE_STAMP, hashSources } from '@/server/source-hash.mjs'
import { COMPILED, ENTRIES } from './build-stamp'

/**
 * Packages that are loaded from node_modules at run time: Next, the packages that Next does not
 * bundle either, and an optional native part of pg that is never installed. All others are bundled,
 * so they are devDependencies.
 */
const EXTERNAL = ['next', 'pg', 'pg-native', 'pino', 'piscina', '@node-rs/argon2']

/**
 * Bundled CommonJS packages load Node's modules with `require`, which an ES module does not have.
 */
const REQUIRE = `import { createRequire as createRequireOfBundle } from 'node:module'
const require = createRequireOfBundle(import.meta.url)`

/**
 * Compiles the processes and the operators' commands to dist/, with source maps, and records the
 * hash of their sources there.
 */
export async function bundle(): Promise<void> {
  const sourceHash = hashSources()
  rmSync(COMPILED, { recursive: true, force: true })
  await build({
    entryPoints: ENTRIES,
    outdir: COMPILED,
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
  writeFileSync(FILTER, makeFilter())
  writeFileSync(BUNDLE_STAMP, sourceHash)
}
