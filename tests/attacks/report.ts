import { expect, it } from 'vitest'
import { careRows, signalRows, type TakeoverRow, takeoverRows } from '@/tools/attack/rows'

const TIMEOUT_MS = 240_000

/** What one attack came to: a row of the table in docs/security.md. */
export type Report = ReturnType<typeof newReport>

/** Moves the clock of the product forward. */
export type AdvanceClock = (milliseconds: number) => Promise<void>

type Attack = (report: Report) => Promise<void>

/** Defines an attack as a test, which adds its row once every expectation has held. */
export const testAttack = (attack: string, holds: string, run: Attack) =>
  testInto(takeoverRows, attack, holds, run)

/** The same for an attack on or by customer care. */
export const testCareAttack = (attack: string, holds: string, run: Attack) =>
  testInto(careRows, attack, holds, run)

/** The same while mobile operators are asked. */
export const testSignalAttack = (attack: string, holds: string, run: Attack) =>
  testInto(signalRows, attack, holds, run)

function testInto(rows: typeof takeoverRows, attack: string, holds: string, run: Attack) {
  it(`stops the attack: ${attack}`, { timeout: TIMEOUT_MS }, async () => {
    const report = newReport()
    await run(report)
    rows.add({ attack, holds, ...report.row() })
  })
}

function newReport() {
  const [gains, messages, recovery]: [string[], string[], string[]] = [[], [], []]
  const actionsByEnd = new Map<string, string[]>()
  const delays: number[] = []
  const listed = (parts: string[]) => (parts.length > 0 ? parts.join('; ') : 'nothing')
  return {
    /**
     * Adds what the attacker gains. The actual value, where there is one, must be the expected one.
     */
    addGain(gain: string, actual = '', expected = '') {
      expect(actual, gain).toBe(expected)
      gains.push(gain)
    },
    /** Expects an action of the attacker to end at this refusal, page or fact. */
    expectStopped(action: string, actual: string | undefined, expected: string) {
      expect(actual, action).toBe(expected)
      actionsByEnd.set(expected, [...(actionsByEnd.get(expected) ?? []), action])
    },
    /** Adds a message to the owner, the addresses that received it, and how long it took. */
    addMessage(kind: string, addresses: string, seconds: number) {
      messages.push(`\`${kind}\` at ${addresses}`)
      delays.push(seconds)
    },
    addRecoveryStep: (step: string) => recovery.push(step),
    row: (): Omit<TakeoverRow, 'attack' | 'holds'> => ({
      gains: listed(gains),
      stopped: listed(
        [...actionsByEnd].map(([end, actions]) => `${actions.join(', ')} (\`${end}\`)`),
      ),
      messages: listed(messages),
      seconds: delays.length > 0 ? Math.max(...delays) : null,
      recovery: listed(recovery),
    }),
  }
}
