import { describe, expect, it } from 'vitest'
import { markReachable, markUnreachable, markVerified } from '@/lib/addresses'
import { db, transaction } from '@/lib/platform/db'
import {
  added,
  confirm,
  LATER,
  NOW,
  newEmail,
  newUser,
  parse,
  remove,
} from '../support/address-actions'

const before = (time: Date) => new Date(time.getTime() - 1)
const after = (time: Date) => new Date(time.getTime() + 1)

/** The recovery address of a new user. */
async function makeAddress(text = newEmail()) {
  const userId = await newUser()
  const { id } = await added({ userId, role: 'recovery', text })
  return { userId, id, text }
}

const stateOf = ({ id }: { id: string }) =>
  db().address.findUniqueOrThrow({
    where: { id },
    select: { unreachableAt: true, reachedAt: true, lastVerifiedAt: true },
  })
const bounce = (text: string, sentAt: Date, now = LATER) =>
  transaction((tx) => markUnreachable(tx, parse(text), { sentAt, now }))
const arrive = (text: string, sentAt: Date) =>
  transaction((tx) => markReachable(tx, parse(text), { sentAt }))
const verify = (userId: string, text: string, now: Date) =>
  transaction((tx) => markVerified(tx, userId, parse(text), now))

describe('a message that could not be delivered', () => {
  it('marks its address in every account that holds it, and no other address', async () => {
    const text = newEmail()
    const [one, other, stranger] = [
      await makeAddress(text),
      await makeAddress(text),
      await makeAddress(),
    ]
    await bounce(text, NOW)
    expect(await stateOf(one)).toMatchObject({ unreachableAt: LATER })
    expect(await stateOf(other)).toMatchObject({ unreachableAt: LATER })
    expect(await stateOf(stranger)).toMatchObject({ unreachableAt: null })
  })

  it('keeps the time of the first mark, and does not mark a removed address', async () => {
    const [marked, removed] = [await makeAddress(), await makeAddress()]
    await bounce(marked.text, NOW)
    await bounce(marked.text, NOW, after(LATER))
    await remove(removed.id, NOW)
    await bounce(removed.text, NOW)
    expect(await stateOf(marked)).toMatchObject({ unreachableAt: LATER })
    expect(await stateOf(removed)).toMatchObject({ unreachableAt: null })
  })

  it.each([
    ['when it was sent before a message that arrived', before(NOW), null],
    ['when it was sent at the same time', NOW, LATER],
  ])('marks an address, or not, %s', async (_what, sentAt, unreachableAt) => {
    const [reached, confirmed] = [await makeAddress(), await makeAddress()]
    await arrive(reached.text, NOW)
    await confirm(confirmed.id, NOW)
    for (const address of [reached, confirmed]) {
      await bounce(address.text, sentAt)
      expect(await stateOf(address)).toMatchObject({ unreachableAt })
    }
  })
})

describe('a message that arrived', () => {
  it('clears the mark of its address alone, and records when it was sent', async () => {
    const [reached, stranger] = [await makeAddress(), await makeAddress()]
    for (const { text } of [reached, stranger]) await bounce(text, NOW)
    await arrive(reached.text, LATER)
    expect(await stateOf(reached)).toMatchObject({ unreachableAt: null, reachedAt: LATER })
    expect(await stateOf(stranger)).toMatchObject({ unreachableAt: LATER, reachedAt: null })
  })

  it('does not replace the time of a later one', async () => {
    const address = await makeAddress()
    for (const sentAt of [NOW, LATER, NOW]) await arrive(address.text, sentAt)
    expect(await stateOf(address)).toMatchObject({ reachedAt: LATER })
  })
})

describe('a code that was entered', () => {
  it('verifies the confirmed address of this user, and keeps a later time', async () => {
    const text = newEmail()
    const [own, foreign] = [await makeAddress(text), await makeAddress(text)]
    for (const { id } of [own, foreign]) await confirm(id, NOW)
    for (const now of [LATER, NOW]) await verify(own.userId, text, now)
    expect(await stateOf(own)).toMatchObject({ lastVerifiedAt: LATER })
    expect(await stateOf(foreign)).toMatchObject({ lastVerifiedAt: NOW })
  })

  it('does not verify an address that is not confirmed', async () => {
    const address = await makeAddress()
    await verify(address.userId, address.text, LATER)
    expect(await stateOf(address)).toMatchObject({ lastVerifiedAt: null })
  })
})
