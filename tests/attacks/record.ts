import { expect, it } from 'vitest'
import { addRow, type Row } from '@/tools/attack/rows'

/** Where an attack writes down what became of it. */
export type Stage = ReturnType<typeof newStage>

const PATIENCE_MS = 240_000

/** Plays an attack as a test, and records it when it ended as it should. */
export function rehearse(attack: string, holds: string, play: (stage: Stage) => Promise<void>) {
  it(`by ${attack} is stopped`, { timeout: PATIENCE_MS }, async () => {
    const stage = newStage()
    await play(stage)
    addRow({ attack, holds, ...stage.row() })
  })
}

function newStage() {
  const [gets, heard, back]: [string[], string[], string[]] = [[], [], []]
  const stops = new Map<string, string[]>()
  const delays: number[] = []
  const listed = (parts: string[]) => (parts.length > 0 ? parts.join('; ') : 'nothing')
  return {
    /** What the position does open; where it is looked at, with what was found there. */
    gets(what: string, found = '', wanted = '') {
      expect(found, what).toBe(wanted)
      gets.push(what)
    },
    /** An attempt, and the word or fact that it has to end at. */
    stop(tried: string, ended: string | undefined, wanted: string) {
      expect(ended, tried).toBe(wanted)
      stops.set(wanted, [...(stops.get(wanted) ?? []), tried])
    },
    /** A message that told the owner, where, and how long after the act. */
    heard(kind: string, where: string, seconds: number) {
      heard.push(`\`${kind}\` at ${where}`)
      delays.push(seconds)
    },
    /** A step of the owner's way back. */
    back: (step: string) => back.push(step),
    row: (): Omit<Row, 'attack' | 'holds'> => ({
      gets: listed(gets),
      stopped: listed([...stops].map(([word, tried]) => `${tried.join(', ')} (\`${word}\`)`)),
      heard: listed(heard),
      seconds: delays.length > 0 ? Math.max(...delays) : null,
      back: listed(back),
    }),
  }
}
