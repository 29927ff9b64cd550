// The first import of every command: checks Node's version, enters the project folder and loads
// .env. It is plain JavaScript without packages, so that its messages appear in any installation.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * Prints a message and exits with code 1.
 * @param {string} message
 * @returns {never}
 */
export function exitWithError(message) {
  console.error(`\n${message}\n`)
  process.exit(1)
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19))
  exitWithError(`Node ${process.versions.node} is too old. Install Node 20.19 or newer.`)
if (existsSync('.env')) process.loadEnvFile('.env')
// libpq's variables (PGSSLMODE, PGOPTIONS) of a shell are about another database than the embedded one.
if (!process.env.DATABASE_URL)
  for (const name of Object.keys(process.env)) if (/^PG[A-Z]/.test(name)) delete process.env[name]
