// The first import of every command: checks Node's version, enters the project folder and loads
// .env. It is plain JavaScript without packages, so that its messages appear in any installation.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'

const FATAL = 60
const WARNING = 40

/** A process of production logs lines. Its operator at a terminal, and a developer, read texts. */
const logsLines = /\bserver[\\/]run\.mjs$/.test(process.argv[1] ?? '') && !process.stderr.isTTY

/**
 * Prints a message and exits with code 1.
 * @param {string} message
 * @returns {never}
 */
export function exitWithError(message) {
  if (logsLines) logLine(FATAL, 'process_failed', { name: 'CliError', message })
  else console.error(`\n${message}\n`)
  process.exit(1)
}

/** Writes the warnings of Node as log lines until the process itself does. */
function logWarnings() {
  process.removeAllListeners('warning')
  process.on('warning', ({ name, message }) => logLine(WARNING, 'console', { name, message }))
}

/**
 * @param {number} level
 * @param {string} event
 * @param {{ name: string, message: string }} error
 */
function logLine(level, event, error) {
  console.error(JSON.stringify({ level, time: new Date().toISOString(), event, error }))
}

// V8 optimises a WebAssembly function after a number of bytes of it ran: by default 1.8 MB, which the
// query compiler of Prisma reaches at the start of each process. This takes a second of processor time
// and up to 110 MB, and gains nothing, because Prisma caches its plans (docs/decisions/0014).
setFlagsFromString('--wasm-tiering-budget=100000000')
if (logsLines) logWarnings()
process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19))
  exitWithError(`Node ${process.versions.node} is too old. Install Node 20.19 or newer.`)
if (existsSync('.env')) process.loadEnvFile('.env')
// libpq's variables (PGSSLMODE, PGOPTIONS) of a shell are about another database than the embedded one.
if (!process.env.DATABASE_URL)
  for (const name of Object.keys(process.env)) if (/^PG[A-Z]/.test(name)) delete process.env[name]
