// What every command needs first. Plain JavaScript, and nothing but Node: it has to say what is wrong where nothing else works.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * Ends the process with exit code 1 and a message.
 * @param {string} message
 * @returns {never}
 */
export function refuse(message) {
  console.error(`\n${message}\n`)
  process.exit(1)
}

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19))
  refuse(`Node ${process.versions.node} is too old: install Node 20.19 or newer.`)
if (existsSync('.env')) process.loadEnvFile('.env')
