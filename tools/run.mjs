// Runs a command from its TypeScript, for developers and tests: it lets Node load that, then imports the command's file.
import { existsSync } from 'node:fs'
import { refuse } from '../server/prepare.mjs'

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
  refuse('The development packages are not installed: run "npm install --include=dev" first.')

const { register } = await import('tsx/esm/api')
process.argv.splice(1, process.argv.length, name, ...args)
register({ tsconfig: 'tsconfig.node.json' })
await import(new URL(`../${COMMANDS[name] ?? `tools/${name}.ts`}`, import.meta.url).href)
