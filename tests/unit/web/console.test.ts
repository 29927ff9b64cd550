import { afterEach, expect, it } from 'vitest'
import { logTo } from '@/lib/platform/log'
import { logConsole } from '@/server/console'

const { error, warn } = console
const before = { write: (_line: string): void => {} }

afterEach(() => {
  Object.assign(console, { error, warn })
  logTo(before)
})

function linesOf(print: () => void) {
  const lines: string[] = []
  const stream = logTo({ write: (line) => void lines.push(line) })
  before.write = (line) => void stream.write(line)
  logConsole()
  print()
  return lines
}

it('what a library prints is one JSON line each, without control characters and personal data', () => {
  const lines = linesOf(() => {
    console.error('\u001b[31mFailed\u001b[0m to find\nServer Action "x"', { id: 1 })
    console.warn(new Error('no row for ratna@surat.example and 081234567890'))
  })
  expect(lines).toHaveLength(2)
  const [failed, thrown] = lines.map((line) => JSON.parse(line))
  expect(failed).toMatchObject({ level: 50, event: 'console' })
  expect(failed.error.message).toMatch(/^Failed to find\nServer Action …/)
  expect(failed.error.stack).toBeUndefined()
  expect(thrown).toMatchObject({ level: 40, error: { name: 'Error' } })
  expect(lines.join()).not.toMatch(/ratna|0812/)
})
