import { afterEach, beforeEach, expect, type MockInstance, vi } from 'vitest'

let printed: MockInstance<typeof console.error>

/** `console.error` in a test fails it. */
beforeEach(() => {
  printed = vi.spyOn(console, 'error')
})

afterEach(() => {
  const calls = [...printed.mock.calls]
  printed.mockRestore()
  expect(calls, 'calls of console.error').toEqual([])
})
