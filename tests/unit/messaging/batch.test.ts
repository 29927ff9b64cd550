import { describe, expect, it } from 'vitest'
import { inBatches } from '@/lib/messaging/batch'

/** Work that ends when it is told to, and notes what it was given. */
function controlled() {
  const given: (readonly number[])[] = []
  const ends: (() => void)[] = []
  const work = async (items: readonly number[]) => {
    given.push(items)
    await new Promise<void>((resolve) => ends.push(resolve))
    return items.map((item) => item * 10)
  }
  const end = async () => {
    for (const finish of ends.splice(0)) finish()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { given, end, work }
}

describe('work in batches', () => {
  it('begins at once, and takes together what came meanwhile', async () => {
    const { given, end, work } = controlled()
    const ask = inBatches(work)
    const answers = Promise.all([1, 2, 3, 4, 5].map(ask))
    expect(given).toEqual([[1]])
    await end()
    await end()
    expect(given).toEqual([[1], [2, 3, 4, 5]])
    expect(await answers).toEqual([10, 20, 30, 40, 50])
  })

  it('fails for the one that is at fault, and for no other', async () => {
    const ask = inBatches(async (items: readonly number[]) => {
      if (items.includes(4)) throw new Error('four')
      return [...items]
    })
    const outcomes = await Promise.allSettled([1, 2, 3, 4, 5].map(ask))
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
    expect(await ask(6)).toBe(6)
  })
})
