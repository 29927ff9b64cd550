import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { REQUIREMENT_IDS } from './requirements'

/** The ids at the start of a test's name, such as `it('L1 L3 …')`. */
const LEADING_IDS = /\(\s*['"`]((?:[A-Z]\d{1,2} )+)/g
const GROUP_LETTERS = new Set(REQUIREMENT_IDS.map((id) => id.charAt(0)))

/** Lists, for each point, the test files that contain a test named after it. */
export function listTestsByRequirement(folder = 'tests'): Map<string, string[]> {
  const testsByRequirement = new Map<string, string[]>()
  for (const file of listTestFiles(folder))
    for (const id of findIds(readFileSync(file, 'utf8')))
      testsByRequirement.set(id, [...(testsByRequirement.get(id) ?? []), file])
  return testsByRequirement
}

/** Shortens the path of a test file to its folder below `tests` and its name, such as browser/clock/pages. */
export const labelOf = (file: string) => file.replace(/^tests\/|\.test\.tsx?$/g, '')

const listTestFiles = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .sort()

function findIds(source: string) {
  const ids = [...source.matchAll(LEADING_IDS)].flatMap(([, names = '']) => names.trim().split(' '))
  return new Set(ids.filter((id) => GROUP_LETTERS.has(id.charAt(0))))
}
