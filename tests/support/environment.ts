import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Where everything that tests write is kept; git-ignored. */
export const SCRATCH = '.test'

/** The product's variables, each empty, which is as good as unset: no test depends on what the developer has set. */
export function emptyEnvironment(): Record<string, string> {
  const names = readFileSync('.env.example', 'utf8').matchAll(/^#? ?([A-Z][A-Z0-9_]*)=/gm)
  return Object.fromEntries([...names].map(([, name]) => [name, '']))
}

/** A folder of its own. */
export function newFolder(name: string): string {
  mkdirSync(SCRATCH, { recursive: true })
  return mkdtempSync(path.join(SCRATCH, `${name}-`))
}

/** Makes this process one of the embedded product, on this database, with keys of its own. Returns its DATA_DIR. */
export function embed(databaseUrl: string): string {
  const folder = newFolder('data')
  const key = () => `k1:${randomBytes(32).toString('base64')}`
  const secrets = {
    DATABASE_URL: databaseUrl,
    AUTH_SECRET: key(),
    SEALING_KEYS: key(),
    HASHING_KEYS: key(),
  }
  writeFileSync(path.join(folder, 'embedded.json'), JSON.stringify(secrets), { mode: 0o600 })
  Object.assign(process.env, emptyEnvironment(), { DATA_DIR: folder })
  return folder
}
