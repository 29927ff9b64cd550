import { parseArgs } from 'node:util'
import * as z from 'zod'
import { cliError } from '@/lib/platform/command'
import { FLOWS } from './flow'
import { SERIES } from './product-forms'

const positive = z.coerce.number().positive()

const Options = z.object({
  flow: z.enum(FLOWS).optional(),
  series: z.enum(SERIES).optional(),
  rounds: positive.int().default(5),
  seconds: positive.default(10),
  profile: z.string().optional(),
  sql: z.boolean().default(false),
  'no-peer': z.boolean().default(false),
})

/** The options of this benchmark, parsed. */
export type Options = z.output<typeof Options>

const USAGE = `npm run bench -- web [options]
  --flow <name>      one of: ${FLOWS.join(', ')}; by default all
  --series <name>    form (no JavaScript) or action (the page's script); by default both
  --rounds <n>       rounds, alternating with the other servers; by default 5
  --seconds <n>      seconds of a round; by default 10
  --no-peer          measures the product alone, and writes no results
  --sql              with --flow: prints every statement of one visit, in order
  --profile <file>   with --flow: writes a CPU profile of the web process (.cpuprofile)`

/** Parses the arguments after the name of the benchmark. Throws an error that shows the usage. */
export function parseOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        ...{ flow: { type: 'string' }, series: { type: 'string' }, rounds: { type: 'string' } },
        ...{ seconds: { type: 'string' }, profile: { type: 'string' }, sql: { type: 'boolean' } },
        'no-peer': { type: 'boolean' },
      },
    })
    return Options.parse(values)
  } catch (error) {
    throw cliError(USAGE, error)
  }
}
