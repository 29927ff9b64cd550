import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach } from 'vitest'
import { EnvironmentFault, readEnv } from '@/lib/platform/env'

export const key = (id: string, byte = 1) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`

/** The environment of a production, with providers that need few variables. */
export const PRODUCTION = {
  DATABASE_URL: 'postgresql://app@db.example/app',
  APP_ORIGIN: 'https://akun.toko.example',
  AUTH_SECRET: 'a'.repeat(32),
  SEALING_KEYS: key('s1'),
  HASHING_KEYS: key('h1', 3),
  EMAIL_PROVIDERS: 'smtp',
  SMTP_URL: 'smtp://mail.example',
  EMAIL_FROM: 'Toko <akun@toko.example>',
  SMS_PROVIDERS: 'twilio',
  TWILIO_ACCOUNT_SID: 'AC1',
  TWILIO_AUTH_TOKEN: 'token',
  TWILIO_FROM: '+15005550006',
}

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A DATA_DIR that the launcher has prepared. */
export function dataDir(text: string) {
  const folder = mkdtempSync(path.join(tmpdir(), 'env-'))
  folders.push(folder)
  writeFileSync(path.join(folder, 'embedded.json'), text)
  return folder
}
const { DATABASE_URL, AUTH_SECRET, SEALING_KEYS, HASHING_KEYS } = PRODUCTION
export const embedded = () =>
  dataDir(JSON.stringify({ DATABASE_URL, AUTH_SECRET, SEALING_KEYS, HASHING_KEYS }))

export function faultsOf(source: Record<string, string | undefined>): string[] {
  try {
    readEnv(source)
    return []
  } catch (error) {
    if (!(error instanceof EnvironmentFault)) throw error
    return error.message.split('\n').slice(1)
  }
}
export const faultOf = (changes: Record<string, string | undefined>) =>
  faultsOf({ ...PRODUCTION, ...changes }).join()
