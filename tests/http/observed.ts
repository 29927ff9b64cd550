import { randomUUID } from 'node:crypto'
import { expect, vi } from 'vitest'
import { newClient } from '../support/client'
import { securityLines } from '../support/log-lines'

/** A browser whose requests have an id of their own, and what they logged so far. */
export function observe(readLog: () => string) {
  const id = randomUUID()
  const client = newClient({ headers: { 'x-request-id': id } })
  const lines = () => securityLines(readLog()).filter(({ requestId }) => requestId === id)
  /** Waits until these events are in the log, each with these facts. */
  const expectLines = (...expected: [event: string, facts?: object][]) =>
    vi.waitFor(() => {
      for (const [event, facts] of expected)
        expect(lines()).toContainEqual(expect.objectContaining({ event, ...facts }))
    })
  return { client, lines, expectLines }
}
