// Runs a command from its TypeScript source, for developers and tests: node tools/run.mjs <name or
// file> [arguments]
import { existsSync } from 'node:fs'
import { exitWithError } from '../server/prepare.mjs'

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

const { register } = await import('tsx/esm/api')
process.argv.splice(1, process.argv.length, name, ...args)
const file = COMMANDS[name] ?? (name.endsWith('.ts') ? name : `tools/${name}.ts`)
register({ tsconfig: 'tsconfig.node.json' })
await import(new URL(`../${file}`, import.meta.url).href)
