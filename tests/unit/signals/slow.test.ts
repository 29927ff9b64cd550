import { expect, it } from 'vitest'
import { readMetrics } from '@/lib/platform/metrics'
import { sampleOf } from '@/tests/support/metrics'
import {
  ALL_WELL,
  ask,
  askOwnOperator,
  askYearly,
  counts,
  NOTHING_KNOWN,
  operator,
  phone,
} from './operator-actions'

askOwnOperator()

const NUMBERS = Array.from({ length: 60 }, (_, index) => phone(index))
const paused = async () =>
  sampleOf(await readMetrics(), 'number_signals_total', { answer: 'paused' }) ?? 0
const asked = () => counts('check', 'recycling').reduce((sum, count) => sum + count, 0)

it('a slow operator that answers holds up a part of many messages, and none for more than 2 s', async () => {
  await ask(phone(99))
  const before = [asked(), await paused()] as const
  operator().modes = { check: { afterMs: 1_000 }, recycling: { afterMs: 1_000 } }
  const start = performance.now()
  const times = NUMBERS.map(async (number) => {
    const answer = await ask(number)
    return { answer, ms: performance.now() - start }
  })
  const ends = await Promise.all(times)
  expect(Math.max(...ends.map(({ ms }) => ms))).toBeLessThan(2_000)
  expect(asked() - before[0]).toBe(24)
  expect((await paused()) - before[1]).toBe(2 * NUMBERS.length - 24)
  const unasked = ends.slice(12)
  expect(Math.max(...unasked.map(({ ms }) => ms))).toBeLessThan(500)
  expect(unasked.map(({ answer }) => answer)).toEqual(unasked.map(() => NOTHING_KNOWN))
})

it('a question that has ended makes room, with an answer or without one', async () => {
  for (const modes of [{}, { check: { status: 403 }, recycling: { status: 403 } }]) {
    operator().modes = modes
    for (const offset of [0, 4])
      await Promise.all(NUMBERS.slice(offset, offset + 4).map((n) => ask(n)))
  }
  operator().modes = {}
  const answers = await Promise.all(NUMBERS.slice(20, 32).map((number) => ask(number)))
  expect(answers).toEqual(answers.map(() => ALL_WELL))
})

it('the yearly check takes no place of a message', async () => {
  operator().modes.recycling = { afterMs: 500 }
  const yearly = Promise.all(NUMBERS.slice(0, 24).map((number) => askYearly(number)))
  expect(await ask(phone(30))).toEqual(ALL_WELL)
  expect(new Set(await yearly)).toEqual(new Set(['no']))
})
