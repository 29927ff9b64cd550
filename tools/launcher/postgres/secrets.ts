import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { cliError, codeOf } from '@/lib/platform/command'
import { dataFolder } from './initialise'

const FIRST_PORT = 54_329
const KEY_BYTES = 32
const DATABASE = 'recovery_account'

const Secrets = z.object({
  DATABASE_URL: z.url(),
  AUTH_SECRET: z.string(),
  SEALING_KEYS: z.string(),
  HASHING_KEYS: z.string(),
})

/**
 * The secrets of the embedded product in DATA_DIR/embedded.json, under the names of their
 * environment variables.
 */
export type Secrets = z.output<typeof Secrets>

/**
 * Reads the secrets of DATA_DIR. Creates folder and secrets when they are new. Throws when they are
 * missing, damaged or not writable.
 */
export function openSecrets(dataDir: string): Secrets {
  checkWritable(dataDir)
  const file = secretsFile(dataDir)
  if (!existsSync(file)) createSecrets(dataDir, file)
  try {
    return Secrets.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw cliError(
      `${file} cannot be read (${codeOf(error) ?? 'damaged'}). Without it the data in the same folder cannot be decrypted: restore it, or choose another DATA_DIR.`,
      error,
    )
  }
}

/** Stores the port that PostgreSQL listens on, and returns the secrets with it. */
export function storePort(dataDir: string, secrets: Secrets, port: number): Secrets {
  const url = new URL(secrets.DATABASE_URL)
  if (url.port === String(port)) return secrets
  url.port = String(port)
  const updated = { ...secrets, DATABASE_URL: url.href }
  const draft = `${secretsFile(dataDir)}.${process.pid}`
  writeFileSync(draft, serialise(updated), { mode: 0o600 })
  renameSync(draft, secretsFile(dataDir))
  return updated
}

function createSecrets(dataDir: string, file: string) {
  if (existsSync(dataFolder(dataDir)))
    throw cliError(
      `${file} is missing, and without it the data in ${dataDir} cannot be decrypted. Restore the file, or delete ${dataDir} to start again.`,
    )
  const key = () => `k1:${randomBytes(KEY_BYTES).toString('base64')}`
  const secrets = {
    DATABASE_URL: `postgresql://recovery_account:${randomBytes(KEY_BYTES).toString('hex')}@127.0.0.1:${FIRST_PORT}/${DATABASE}`,
    AUTH_SECRET: key(),
    SEALING_KEYS: key(),
    HASHING_KEYS: key(),
  }
  try {
    writeFileSync(file, serialise(secrets), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
  }
}

function checkWritable(dataDir: string) {
  const probe = path.join(dataDir, `.probe-${process.pid}`)
  try {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    throw cliError(
      `DATA_DIR (${path.resolve(dataDir)}) cannot be written to (${codeOf(error)}). Make it writable, or choose another folder: DATA_DIR=/path/to/folder npm start`,
      error,
    )
  }
}

const secretsFile = (dataDir: string) => path.join(dataDir, 'embedded.json')
const serialise = (secrets: Secrets) => `${JSON.stringify(secrets, null, 2)}\n`
