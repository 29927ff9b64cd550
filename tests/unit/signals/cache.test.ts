import { expect, it } from 'vitest'
import { createCache } from '@/lib/signals/cache'
import { later, NOW } from './operator-actions'

it('the answers that are kept are at most ten thousand, the oldest of which goes first', () => {
  const cache = createCache()
  for (let index = 0; index < 10_000; index++) cache.keep(`k${index}`, 'no', NOW)
  cache.keep('k0', 'yes', later(1))
  cache.keep('new', 'yes', later(1))
  const found = ['k0', 'k1', 'k2', 'new'].map((key) => cache.find(key, later(2)))
  expect(found).toEqual(['yes', undefined, 'no', 'yes'])
})

it('an answer of the future, by a clock that went back, is not taken', () => {
  const cache = createCache()
  cache.keep('key', 'no', later(5))
  expect(cache.find('key', NOW)).toBeUndefined()
})
