import { setImmediate as endOfTurn } from 'node:timers/promises'
import { afterEach, expect, it } from 'vitest'
import { logConsole } from '@/lib/platform/console'
import { logTo } from '@/lib/platform/log'

const EVENTS = ['warning', 'uncaughtException'] as const

const { error, warn, log, info, debug } = console
const streams = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write }))
const node: NodeJS.EventEmitter = process
const listeners = EVENTS.map((event) => ({ event, all: node.rawListeners(event) }))
/** Where the lines of this process go, once it is known. Other files share the process. */
let before: ReturnType<typeof logTo> | undefined

afterEach(() => {
  Object.assign(console, { error, warn, log, info, debug })
  for (const { stream, write } of streams) stream.write = write
  for (const { event, all } of listeners) {
    node.removeAllListeners(event)
    for (const listener of all) node.on(event, (...given) => listener(...given))
  }
  if (before) logTo(before)
})

async function linesOf(print: () => void, options = {}) {
  const lines: string[] = []
  before = logTo({ write: (line) => void lines.push(line) })
  logConsole(options)
  print()
  await endOfTurn()
  return lines
}

it('what a library prints is one JSON line each, without control characters and personal data', async () => {
  const lines = await linesOf(() => {
    console.error('\u001b[31mFailed\u001b[0m to find\nServer Action "x"', { id: 1 })
    console.warn(new Error('no row for ratna@surat.example and 081234567890'))
  })
  expect(lines).toHaveLength(2)
  const [failed, thrown] = lines.map((line) => JSON.parse(line))
  expect(failed).toMatchObject({ level: 50, event: 'console' })
  expect(failed.printed).toMatch(/^Failed to find\nServer Action …/)
  expect(failed.error).toBeUndefined()
  expect(thrown).toMatchObject({ level: 40, error: { name: 'Error' } })
  expect(lines.join()).not.toMatch(/ratna|0812/)
})

it('so is what is written past the console, and what Node warns of', async () => {
  const lines = await linesOf(() => {
    console.log('✓ Ready')
    process.stdout.write('worker: 081234567890\n')
    process.stderr.write('broken\n')
    process.emitWarning('a listener too many', { code: 'X1' })
  })
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 30, event: 'console', printed: '✓ Ready' },
    { level: 30, event: 'console', printed: 'worker: …' },
    { level: 40, event: 'console', printed: 'broken' },
    { level: 40, event: 'console', error: { message: 'a listener too many', code: 'X1' } },
  ])
})

it('the answer of a command is no log line', async () => {
  const answers: string[] = []
  process.stdout.write = (text: string | Uint8Array) => answers.push(String(text)) > 0
  const lines = await linesOf(() => process.stdout.write('The account is frozen.\n'), {
    keepsOutput: true,
  })
  expect([answers, lines]).toEqual([['The account is frozen.\n'], []])
})
