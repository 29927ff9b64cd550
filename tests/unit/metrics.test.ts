import { expect, it } from 'vitest'
import { gaugeOf, readMetrics } from '@/lib/platform/metrics'
import { sampleOf } from '../support/metrics'

it('a gauge that cannot be read is absent, and the others are there', async () => {
  gaugeOf('of_test', 'A gauge', ['part'], () => [{ labels: { part: 'one' }, value: 7 }])
  gaugeOf('failing_test', 'A gauge', [], () => Promise.reject(new Error('away')))
  gaugeOf('empty_test', 'A gauge', [], () => [])
  const text = await readMetrics()
  const values = ['of_test', 'failing_test', 'empty_test'].map((name) => sampleOf(text, name))
  expect(values).toEqual([7, undefined, undefined])
})
