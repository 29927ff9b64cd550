import { expect, it } from 'vitest'
import { createCache, type Known } from '@/lib/signals/cache'
import type { Signal } from '@/lib/signals/provider'
import { later, NOW } from './operator-actions'

const recycled = (now: Date) => ({ signal: 'recycled', now }) as const

it('the answers that are kept are at most ten thousand, the oldest of which goes first', () => {
  const cache = createCache()
  for (let index = 0; index < 10_000; index++) cache.keep(`k${index}`, 'no', recycled(NOW))
  cache.keep('k0', 'yes', recycled(later(1)))
  cache.keep('new', 'yes', recycled(later(1)))
  const found = ['k0', 'k1', 'k2', 'new'].map((key) => cache.find(key, later(2)))
  expect(found).toEqual(['yes', undefined, 'no', 'yes'])
})

it('an answer of the future, by a clock that went back, is not taken', () => {
  const cache = createCache()
  cache.keep('key', 'no', recycled(later(5)))
  expect(cache.find('key', NOW)).toBeUndefined()
})

it.each<[Signal, Known, number]>([
  ['sim_swap', 'no', 60],
  ['sim_swap', 'yes', 600],
  ['sim_swap', 'unknown', 600],
  ['sim_swap', 'unanswered', 30],
  ['recycled', 'no', 600],
  ['recycled', 'yes', 600],
  ['recycled', 'unknown', 600],
  ['recycled', 'unanswered', 30],
])('%s %s is kept for %i s', (signal, known, seconds) => {
  const cache = createCache()
  cache.keep('key', known, { signal, now: NOW })
  const found = [seconds - 1, seconds].map((age) => cache.find('key', later(age)))
  expect(found).toEqual([known, undefined])
})
