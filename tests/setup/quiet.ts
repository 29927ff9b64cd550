import { afterEach } from 'vitest'

/** `console.error` in a test fails it. */
const complaints: unknown[][] = []
const complain = console.error

console.error = (...words) => {
  complaints.push(words)
  complain(...words)
}

afterEach(() => {
  const heard = complaints.splice(0)
  if (heard.length > 0)
    throw new Error(`console.error was called: ${heard.map((words) => words.join(' ')).join('; ')}`)
})
