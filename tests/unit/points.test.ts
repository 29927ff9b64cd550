import { expect, it } from 'vitest'
import { listTestsByPoint } from '@/tools/screenshots/coverage'
import { POINTS } from '@/tools/screenshots/points'

it('each of the 68 points is held by a test that has its name, and no test has the name of another', () => {
  expect(new Set(POINTS).size).toBe(68)
  expect([...listTestsByPoint().keys()].sort()).toEqual(POINTS.toSorted())
})
