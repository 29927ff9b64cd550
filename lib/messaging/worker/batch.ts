import { setImmediate as endOfTurn } from 'node:timers/promises'

type Waiting<Item, Value> = {
  item: Item
  resolve(value: Value): void
  reject(reason: unknown): void
}

/**
 * Returns a function that does `work` for one item. Calls of the same turn of the event loop form a
 * batch, and so do those that arrive during a batch and within `gatherMs` after it. Without load a
 * call starts at the end of its turn. A batch that fails is repeated one by one, so that one bad item
 * fails alone.
 */
export function inBatches<Item, Value>(
  gatherMs: number,
  work: (items: readonly Item[]) => Promise<readonly Value[]>,
) {
  const waiting: Waiting<Item, Value>[] = []
  let isUnderWay = false

  const drive = async () => {
    isUnderWay = true
    await endOfTurn()
    while (waiting.length > 0) {
      await finish(waiting.splice(0), work)
      await new Promise((resolve) => setTimeout(resolve, gatherMs))
    }
    isUnderWay = false
  }
  return (item: Item) =>
    new Promise<Value>((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!isUnderWay) void drive()
    })
}

async function finish<Item, Value>(
  batch: Waiting<Item, Value>[],
  work: (items: readonly Item[]) => Promise<readonly Value[]>,
) {
  try {
    const values = await work(batch.map(({ item }) => item))
    for (const [index, value] of values.entries()) batch[index]?.resolve(value)
  } catch (error) {
    if (batch.length === 1) return batch[0]?.reject(error)
    for (const one of batch) await finish([one], work)
  }
}
