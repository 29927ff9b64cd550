import { expect, it, vi } from 'vitest'
import type { Urgency } from '@/lib/messaging/content/urgency'
import { createLane } from '@/lib/messaging/worker/lane'
import { createTurns } from '@/lib/messaging/worker/turns'

/** The order in which so many of each urgency get their turns. */
function orderOf(counts: Partial<Record<Urgency, number>>) {
  const turns = createTurns<string>()
  for (const [urgency, count = 0] of Object.entries(counts) as [Urgency, number][])
    for (let nth = 0; nth < count; nth++) turns.add(urgency, urgency[0] ?? '')
  let order = ''
  for (let item = turns.next(); item; item = turns.next()) order += item
  return order
}

it('codes go first, and every fourth turn goes to the others while they wait', () => {
  expect(orderOf({ code: 7, notice: 3 })).toBe('cccncccncn')
})

it('bulk goes behind codes and notices, and gets every fourth turn of the others', () => {
  expect(orderOf({ notice: 5, bulk: 3 })).toBe('nnnbnnbb')
  expect(orderOf({ code: 20, notice: 5, bulk: 5 })).toBe('cccncccncccncccbcccncccnccbbbb')
})

/** A lane for four sends, whose sends end when they are told to. */
function heldLane() {
  const lane = createLane(4, () => {})
  const started: { name: string; end: () => void }[] = []
  const add = (urgency: Urgency, name: string) =>
    lane.add({
      urgency,
      run: () => new Promise<void>((resolve) => started.push({ name, end: resolve })),
    })
  return { lane, add, started, names: () => started.map(({ name }) => name).join('') }
}

it('notices leave room for a code, and bulk leaves room for notices', () => {
  const { add, names, lane } = heldLane()
  for (const name of 'bbbb') add('bulk', name)
  expect(names()).toBe('bb')
  for (const name of 'nn') add('notice', name)
  expect(names()).toBe('bbn')
  for (const name of 'cc') add('code', name)
  expect(names()).toBe('bbnc')
  expect([lane.isFull(), lane.room('code'), lane.room('notice'), lane.room('bulk')]).toEqual([
    true,
    3,
    2,
    0,
  ])
})

it('a send that ends makes room for the next turn, and what has not started can be dropped', async () => {
  const { add, names, started, lane } = heldLane()
  for (const name of 'ccccc') add('code', name)
  add('notice', 'n')
  started[0]?.end()
  await vi.waitFor(() => expect(names()).toBe('ccccc'), 10_000)
  lane.clear()
  for (const { end } of started) end()
  await vi.waitFor(() => expect(lane.isIdle()).toBe(true), 10_000)
  expect([names(), lane.ended()]).toEqual(['ccccc', 5])
})
