import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/**
 * Does a piece of work on a database once, and remembers beside that database what came of it: a later start takes what is
 * remembered, unless `version` has changed.
 */
export async function onceFor<Value>(
  home: string,
  name: string,
  version: string,
  work: () => Promise<Value>,
): Promise<Value> {
  const file = path.join(home, `${name}.json`)
  const remembered: { version?: string; value: Value } | undefined =
    existsSync(file) && JSON.parse(readFileSync(file, 'utf8'))
  if (remembered && remembered.version === version) return remembered.value
  const value = await work()
  writeFileSync(file, JSON.stringify({ version, value }), { mode: 0o600 })
  return value
}
