import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const SCHEMA = 'prisma/schema.prisma'
const STAMP = 'prisma/client/.stamp'

/** The path of Prisma's command; undefined in a production install, which brings no development packages. */
export function prismaCommand(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('prisma/build/index.js')
  } catch {
    return undefined
  }
}

/** Whether the generated client is that of schema.prisma as it is now, or there is no schema to generate one from. */
export const isClientFresh = () =>
  !existsSync(SCHEMA) || (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hashSchema())

/** Records which schema.prisma the client was generated from. */
export const recordClient = () => writeFileSync(STAMP, hashSchema())

const hashSchema = () =>
  createHash('sha256')
    .update(readFileSync(SCHEMA))
    .update(readFileSync('package-lock.json'))
    .digest('hex')
