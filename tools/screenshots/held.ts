import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { POINTS } from './points'

const NAMES = /\(\s*['"`]((?:[A-Z]\d{1,2} )+)/g
const LETTERS = new Set(POINTS.map((id) => id.charAt(0)))

/** The points that tests name, each with the files that do. */
export function readHeld(folder = 'tests'): Map<string, string[]> {
  const held = new Map<string, string[]>()
  for (const file of testsIn(folder))
    for (const id of namedIn(readFileSync(file, 'utf8')))
      held.set(id, [...(held.get(id) ?? []), file])
  return held
}

const testsIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.test\.tsx?$/.test(name))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .sort()

function namedIn(source: string) {
  const ids = [...source.matchAll(NAMES)].flatMap(([, names = '']) => names.trim().split(' '))
  return new Set(ids.filter((id) => LETTERS.has(id.charAt(0))))
}
