import { describe, expect, it } from 'vitest'
import {
  addAddress,
  addWaitingEmail,
  listAddressHistory,
  listHolders,
  listUnconfirmedPrimaries,
  parseEmail,
  readAddresses,
} from '@/lib/addresses'
import { db, pool, transaction } from '@/lib/platform/db'
import {
  add,
  added,
  confirm,
  LATER,
  list,
  NOW,
  newEmail,
  newPhone,
  newUser,
  ORIGIN,
  outcomeOf,
  parse,
  remove,
} from '../support/address-actions'

/** Users whose ids descend: rows that are added for them stand in the table against the order of ids. */
const descending = async (count: number) =>
  (await Promise.all(Array.from({ length: count }, newUser))).sort().reverse()

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)
const waiting = (userId: string, text: string) =>
  added({ userId, role: 'primary', text, worksUnconfirmed: false })

describe('the holders of an address', () => {
  it('are listed with every live row of theirs, by the id of the user', async () => {
    const [third, second, first] = await descending(3)
    const text = newEmail()
    const confirmed = await added({ userId: third ?? '', role: 'primary', text })
    await confirm(confirmed.id, NOW)
    const recovery = await added({ userId: second ?? '', role: 'recovery', text })
    const unconfirmed = await waiting(first ?? '', text)
    const gone = await added({ userId: await newUser(), role: 'recovery', text })
    await remove(gone.id, LATER)
    await added({ userId: await newUser(), role: 'recovery', text: newEmail() })
    const holders = await listHolders(db(), parse(text))
    expect(idsOf(holders)).toEqual([unconfirmed.id, recovery.id, confirmed.id])
  })

  it('without a proof are those with an unconfirmed primary, usable or not, by the id of the user', async () => {
    const [third, second, first] = await descending(3)
    const text = newEmail()
    const kept = await waiting(third ?? '', text)
    const usable = await added({ userId: second ?? '', role: 'primary', text })
    const last = await waiting(first ?? '', text)
    await added({ userId: await newUser(), role: 'recovery', text })
    await remove((await waiting(await newUser(), text)).id, LATER)
    await waiting(await newUser(), newEmail())
    const found = () => listUnconfirmedPrimaries(db(), parse(text))
    expect(idsOf(await found())).toEqual([last.id, usable.id, kept.id])
    await remove(usable.id, LATER)
    await confirm(kept.id, LATER)
    expect(idsOf(await found())).toEqual([last.id])
  })
})

describe('the addresses of a user', () => {
  it('are read in the order of their list, without those that cannot be decrypted', async () => {
    const userId = await newUser()
    const recovery = await added({ userId, role: 'recovery', text: newPhone() })
    const altered = await added({ userId, role: 'recovery', text: newEmail(), now: LATER })
    await added({ userId, role: 'primary', text: newPhone(), now: LATER })
    await added({ userId, role: 'primary', text: newEmail() })
    await remove(
      (await added({ userId: await newUser(), role: 'primary', text: newEmail() })).id,
      NOW,
    )
    const before = await list(userId)
    expect(await readAddresses(db(), userId)).toEqual({ held: before, unreadable: [] })
    await pool().query('update "Address" set sealed = \'altered\' where id = $1', [altered.id])
    expect(await readAddresses(db(), userId)).toEqual({
      held: before.filter(({ id }) => id !== altered.id),
      unreadable: [altered.id],
    })
    await remove(recovery.id, LATER)
    expect((await readAddresses(db(), userId)).held).toHaveLength(2)
  })

  it('have a history in the order of adding, then of ids, with those that were removed', async () => {
    const userId = await newUser()
    const later = await added({ userId, role: 'primary', text: newPhone(), now: LATER })
    const early = [
      await added({ userId, role: 'primary', text: newEmail() }),
      await added({ userId, role: 'recovery', text: newEmail() }),
      await added({ userId, role: 'recovery', text: newPhone() }),
    ]
    const [removed] = early
    await remove(removed?.id ?? '', LATER)
    await added({ userId: await newUser(), role: 'recovery', text: newEmail() })
    const history = await listAddressHistory(db(), userId)
    expect(idsOf(history)).toEqual([...idsOf(early).sort(), later.id])
    expect(history.map(({ id, removedAt }) => [id, removedAt])).toEqual(
      idsOf(history).map((id) => [id, id === removed?.id ? LATER : null]),
    )
  })
})

describe('a primary address', () => {
  it('that is confirmed is refused while another user has it confirmed', async () => {
    const text = newEmail()
    const addConfirmed = async () => {
      const userId = await newUser()
      const row = { userId, role: 'primary', address: parse(text), origin: ORIGIN } as const
      return transaction((tx) => addAddress(tx, { ...row, confirmedAt: NOW, now: NOW }))
    }
    expect(outcomeOf(await addConfirmed())).toBe('added')
    expect(outcomeOf(await addConfirmed())).toBe('taken')
  })

  it('that is neither confirmed nor usable takes it from nobody', async () => {
    const text = newEmail()
    const row = {
      role: 'primary',
      address: parse(text),
      origin: ORIGIN,
      confirmedAt: null,
    } as const
    for (const userId of [await newUser(), await newUser()]) {
      const outcome = await transaction((tx) => addAddress(tx, { ...row, userId, now: NOW }))
      expect(outcomeOf(outcome)).toBe('added')
    }
    const userId = await newUser()
    expect(outcomeOf(await add({ userId, role: 'primary', text }))).toBe('added')
  })

  it('of a registration waits in five accounts at most', async () => {
    const email = parseEmail(newEmail())
    if (!email.ok) throw new Error(email.refusal)
    const address = email.value
    for (const userId of await descending(6))
      await transaction((tx) => addWaitingEmail(tx, { userId, address, origin: ORIGIN, now: NOW }))
    expect(await listUnconfirmedPrimaries(db(), address)).toHaveLength(5)
  })
})
