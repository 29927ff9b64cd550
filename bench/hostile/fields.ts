import { core } from 'zod/mini'
import { schemas } from '@/app/_forms/schemas'
import { parseEmail, parseIdentifier, parsePhone } from '@/lib/addresses'
import { longText, UNITS } from './units'

const LENGTH = 60_000
/** The longest value that the parsers look at. */
const PARSED_LENGTH = 990
const ROUNDS = 3

export type FieldFigures = {
  field: string
  /** The most CPU that one value of 60 kB took, in milliseconds, and its repeated text. */
  worstMs: number
  worstUnit: string
  /** Of the most expensive values: CPU of 60 kB over CPU of 30 kB. */
  ratio: number
  /** The same for a value as long as the parsers look at. */
  parsedWorstMs: number
  parsedRatio: number
}

type Check = (text: string) => unknown

/** Checks each field of each form, and each parser, with every unit. */
export async function measureFields(): Promise<FieldFigures[]> {
  return [...checks()].map(([field, check]) => {
    const long = worstOf(check, LENGTH)
    const parsed = worstOf(check, PARSED_LENGTH)
    return {
      field,
      worstMs: long.ms,
      worstUnit: long.unit,
      ratio: long.ratio,
      parsedWorstMs: parsed.ms,
      parsedRatio: parsed.ratio,
    }
  })
}

function* checks(): Generator<[string, Check]> {
  yield ['parseEmail', parseEmail]
  yield ['parsePhone', parsePhone]
  yield ['parseIdentifier', parseIdentifier]
  for (const [form, make] of Object.entries(schemas)) {
    const schema = make(['primary_phone'])
    for (const field of Object.keys(schema._zod.def.shape))
      yield [`${form}.${field}`, (text) => core.safeParse(schema, { [field]: text })]
  }
}

function worstOf(check: Check, length: number) {
  const costs = UNITS.map((unit) => ({ unit, ms: cost(check, longText(unit, length), 1) }))
  const suspects = costs.toSorted((one, other) => other.ms - one.ms).slice(0, 10)
  const measured = suspects.map(({ unit }) => ({
    unit,
    ms: cost(check, longText(unit, length), ROUNDS),
    halfMs: cost(check, longText(unit, length / 2), ROUNDS),
  }))
  const [worst] = measured.toSorted((one, other) => other.ms - one.ms)
  if (!worst) throw new Error('there are no units')
  return { unit: worst.unit, ms: worst.ms, ratio: worst.ms / worst.halfMs }
}

/** The least time of some rounds, because this process does nothing else and the machine may. */
function cost(check: Check, text: string, rounds: number) {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round++) {
    const start = process.hrtime.bigint()
    check(text)
    least = Math.min(least, Number(process.hrtime.bigint() - start) / 1e6)
  }
  return least
}
