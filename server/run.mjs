// Starts what "npm run build" has compiled: node server/run.mjs <name of a file in dist>
// [arguments]
import { existsSync } from 'node:fs'
import { exitWithError } from './prepare.mjs'

const [name = '', ...args] = process.argv.slice(2)
const compiled = new URL(`../dist/${name}.js`, import.meta.url)
if (!existsSync(compiled)) exitWithError(`dist/${name}.js is missing. Run "npm run build" first.`)
// Only a development checkout has tsx. A production install may lack the sources and skips the
// check.
if (existsSync('node_modules/tsx')) {
  const { isBuildCurrent } = await import('./source-hash.mjs')
  if (!isBuildCurrent())
    exitWithError('dist/ was not built from the current sources. Run "npm run build" first.')
}
process.argv.splice(1, process.argv.length, name, ...args)
await import(compiled.href)
