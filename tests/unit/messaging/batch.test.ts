import { setImmediate as endOfTurn } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { inBatches } from '@/lib/messaging/worker/batch'

/** Work that records its items and ends when the test says so. */
function controlled() {
  const given: (readonly number[])[] = []
  const ends: (() => void)[] = []
  const work = async (items: readonly number[]) => {
    given.push(items)
    await new Promise<void>((resolve) => ends.push(resolve))
    return items.map((item) => item * 10)
  }
  const end = () => {
    for (const finish of ends.splice(0)) finish()
  }
  return { given, end, work }
}

afterEach(() => vi.useRealTimers())

describe('work in batches', () => {
  it('begin at the end of the turn, and then gather what arrives during a run and shortly after', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    const { given, end, work } = controlled()
    const add = inBatches(5, work)
    const answers = [1, 2].map(add)
    expect(given).toEqual([])
    await endOfTurn()
    expect(given).toEqual([[1, 2]])
    answers.push(add(3))
    end()
    expect(await answers[0]).toBe(10)
    answers.push(add(4))
    await vi.advanceTimersByTimeAsync(4)
    expect(given).toEqual([[1, 2]])
    await vi.advanceTimersByTimeAsync(1)
    expect(given).toEqual([
      [1, 2],
      [3, 4],
    ])
    end()
    expect(await Promise.all(answers)).toEqual([10, 20, 30, 40])
    await vi.advanceTimersByTimeAsync(5)
    void add(5)
    await endOfTurn()
    expect(given).toHaveLength(3)
  })

  it('fails only for the item that fails', async () => {
    const add = inBatches(0, async (items: readonly number[]) => {
      if (items.includes(4)) throw new Error('four')
      return [...items]
    })
    const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map(add))
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
    expect(await add(6)).toBe(6)
  })
})
