// Runs a command from its TypeScript source, for developers and tests: node tools/run.mjs <name or
// file> [arguments]
import { existsSync } from 'node:fs'
import { exitWithError } from '../server/prepare.mjs'
import { BUNDLE_STAMP, isCurrent } from '../server/source-hash.mjs'

const COMPILED_START = 'dist/start.js'

const COMMANDS = {
  start: 'tools/launcher/start.ts',
  serve: 'server/web.ts',
  worker: 'server/worker.ts',
  migrate: 'server/migrate.ts',
  account: 'cli/account.ts',
  activity: 'cli/activity.ts',
  messages: 'cli/messages.ts',
}

const [name = '', ...args] = process.argv.slice(2)
if (!existsSync('node_modules/tsx'))
  exitWithError(
    'The development packages are not installed: run "npm install --include=dev" first.',
  )

process.argv.splice(1, process.argv.length, name, ...args)
await import(new URL(`../${await fileOf(name)}`, import.meta.url).href)

/**
 * The file of a command. The compiled launcher is preferred: tsx takes a second to load the source.
 * @param {string} command
 */
async function fileOf(command) {
  if (command === 'start' && isCompiled()) return COMPILED_START
  const { register } = await import('tsx/esm/api')
  register({ tsconfig: 'tsconfig.node.json' })
  return COMMANDS[command] ?? (command.endsWith('.ts') ? command : `tools/${command}.ts`)
}

function isCompiled() {
  return existsSync(COMPILED_START) && isCurrent(BUNDLE_STAMP)
}
