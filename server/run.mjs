// Starts what "npm run build" has compiled: node server/run.mjs <name of a file in dist> [arguments]
import { existsSync } from 'node:fs'
import { exitWithError } from './prepare.mjs'

/** A supervisor must be able to restart these between the new sources and the end of their build. */
const SERVICES = ['web', 'worker']

const [name = '', ...args] = process.argv.slice(2)
const compiled = new URL(`../dist/${name}.js`, import.meta.url)
if (!existsSync(compiled)) exitWithError(`dist/${name}.js is missing. Run "npm run build" first.`)
// Only a development checkout has tsx. An install without it may lack the sources.
if (!SERVICES.includes(name) && existsSync('node_modules/tsx')) {
  const { BUNDLE_STAMP, isCurrent } = await import('./source-hash.mjs')
  if (!isCurrent(BUNDLE_STAMP))
    exitWithError('dist/ was not built from the current sources. Run "npm run build" first.')
}
// PostgreSQL shows it beside each connection.
process.env.PGAPPNAME ||= `recovery-account ${name}`
process.argv.splice(1, process.argv.length, name, ...args)
await import(compiled.href).catch((error) =>
  exitWithError(`${name} could not be loaded: ${error instanceof Error ? error.message : error}`),
)
