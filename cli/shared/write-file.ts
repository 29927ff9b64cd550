import { open } from 'node:fs/promises'
import { cliError } from '@/lib/platform/command'

const OWNER_ONLY = 0o600

/**
 * Writes personal data to a new file that its owner alone can read. Throws when the file exists: its
 * permissions would be unknown.
 */
export async function writePrivateFile(
  path: string,
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  const file = await open(path, 'wx', OWNER_ONLY).catch((error: Error) => {
    throw cliError(`${path} cannot be written: ${error.message}`)
  })
  try {
    for await (const line of lines) await file.write(line)
  } finally {
    await file.close()
  }
}
