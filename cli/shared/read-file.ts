import { readFile } from 'node:fs/promises'
import { cliError } from '@/lib/platform/command'

/** The text of a file. Throws when it cannot be read. */
export const readText = (file: string) =>
  readFile(file, 'utf8').catch((error: Error) => {
    throw cliError(`${file} cannot be read: ${error.message}`)
  })

/** The message of the parser is not printed: it quotes the file. */
export function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw cliError(`${file} is no JSON.`)
  }
}
