import { type ParseArgsConfig, parseArgs } from 'node:util'
import { cliError } from '@/lib/platform/command'

/** The arguments of this command. Throws with the usage for an option that is not among `options`. */
export function parseArguments<const Options extends NonNullable<ParseArgsConfig['options']>>(
  options: Options,
  usage: string,
) {
  try {
    return parseArgs({ args: process.argv.slice(2), options, allowPositionals: true })
  } catch {
    throw cliError(usage)
  }
}
