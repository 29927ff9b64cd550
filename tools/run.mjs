// The one plain JavaScript file of the commands: it lets Node load TypeScript, then imports the command's file.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const COMMANDS = {
  start: 'tools/launcher/start.ts',
  serve: 'server/web.ts',
  worker: 'server/worker.ts',
  account: 'cli/account.ts',
  activity: 'cli/activity.ts',
  messages: 'cli/messages.ts',
}

const [name = '', ...args] = process.argv.slice(2)

function refuse(message) {
  console.error(`\n${message}\n`)
  process.exit(1)
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19))
  refuse(`Node ${process.versions.node} is too old: install Node 20.19 or newer.`)
if (!existsSync('node_modules/tsx'))
  refuse('The packages are not installed: run "npm install" first.')
if (existsSync('.env')) process.loadEnvFile('.env')

const { register } = await import('tsx/esm/api')
process.argv.splice(1, process.argv.length, name, ...args)
register({ tsconfig: 'tsconfig.node.json' })
await import(new URL(`../${COMMANDS[name] ?? `tools/${name}.ts`}`, import.meta.url).href)
