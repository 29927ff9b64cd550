import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * Runs `work` once per `version` and stores its result in `<folder>/<name>.json`. Later calls
 * return the stored result. When `work` throws, nothing is stored.
 */
export async function runOnce<Value>(
  folder: string,
  name: string,
  version: string,
  work: () => Promise<Value>,
): Promise<Value> {
  const file = path.join(folder, `${name}.json`)
  const stored: { version?: string; value: Value } | undefined =
    existsSync(file) && JSON.parse(readFileSync(file, 'utf8'))
  if (stored && stored.version === version) return stored.value
  const value = await work()
  writeFileSync(file, JSON.stringify({ version, value }), { mode: 0o600 })
  return value
}
