import { expect, it } from 'vitest'
import { readHeld } from '@/tools/screenshots/held'
import { POINTS } from '@/tools/screenshots/points'

it('each of the 68 points is held by a test that has its name, and no test has the name of another', () => {
  expect(new Set(POINTS).size).toBe(68)
  expect([...readHeld().keys()].sort()).toEqual(POINTS.toSorted())
})
