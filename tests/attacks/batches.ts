const AT_ONCE = 10

/** Works on ten items at a time. Returns the values in the order of the items. */
export async function inBatches<Item, Value>(
  items: readonly Item[],
  work: (item: Item) => Promise<Value>,
): Promise<Value[]> {
  const values: Value[] = []
  for (let from = 0; from < items.length; from += AT_ONCE)
    values.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map(work))))
  return values
}
