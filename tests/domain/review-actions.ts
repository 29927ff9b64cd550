import { type AnyAddress, addAddress, listAddresses } from '@/lib/addresses'
import { db, transaction } from '@/lib/platform/db'
import { reviewSlots, type SlotName } from '@/lib/recovery'
import {
  type Account,
  expectDone,
  makeAccount,
  NOW,
  newEmail,
  newOrigin,
  newPhone,
} from '../support/accounts'
import { begin, type Guarded, replaceSlot, SEEN, verifyAddress } from './freeze-actions'

export const newFor = (slot: SlotName) => (slot.endsWith('email') ? newEmail() : newPhone())

/** An account with both recovery addresses, inserted as confirmed. Sends no code. */
export async function insertGuarded(): Promise<Guarded> {
  const account = await makeAccount()
  const [recoveryEmail, recoveryPhone] = [newEmail(), newPhone()]
  await replaceSlot(account, 'recovery_email', recoveryEmail, NOW)
  await replaceSlot(account, 'recovery_phone', recoveryPhone, NOW)
  return { ...account, recoveryEmail, recoveryPhone }
}

/** Inserts an unconfirmed recovery address. Sends no code. */
export const insertUnconfirmed = ({ userId }: Account, address: AnyAddress, now = NOW) =>
  expectDone(
    transaction((tx) =>
      addAddress(tx, {
        userId,
        role: 'recovery',
        address,
        confirmedAt: null,
        origin: newOrigin(),
        now,
      }),
    ),
  )

/** Replaces the address of a slot by a new one at each of these times. Returns the new ones. */
export async function replaceOften(account: Account, slot: SlotName, times: readonly Date[]) {
  const addresses: AnyAddress[] = []
  for (const time of times) {
    const address = newFor(slot)
    await replaceSlot(account, slot, address, time)
    addresses.push(address)
  }
  return addresses
}

/** The address in a slot. */
export async function addressIn({ userId }: Account, slot: SlotName): Promise<AnyAddress> {
  const held = await listAddresses(db(), userId)
  const found = held.find(({ role, address }) => `${role}_${address.kind}` === slot)
  if (!found) throw new Error(`${slot} is empty`)
  return found.address
}

/** Two undisputed slots for the codes of an unfreeze in which the given slot is disputed. */
const OTHERS = {
  primary_phone: ['recovery_email', 'recovery_phone'],
  primary_email: ['recovery_email', 'recovery_phone'],
  recovery_phone: ['primary_phone', 'recovery_email'],
  recovery_email: ['primary_phone', 'recovery_phone'],
} as const satisfies Record<SlotName, readonly [SlotName, SlotName]>

/** An unfreeze that has verified the addresses in two slots. Returns its secret. */
export async function unfreezeBy(
  account: Account,
  [first, second]: readonly [SlotName, SlotName],
  now = SEEN,
) {
  const secret = await begin(account, now)
  await verifyAddress(secret, 'unfreeze_first', first, await addressIn(account, first), now)
  await verifyAddress(secret, 'unfreeze_second', second, await addressIn(account, second), now)
  return secret
}

/** An unfreeze that lacks only the review of this slot. Returns its secret. */
export const unfreezeBut = (account: Account, disputed: SlotName, now = SEEN) =>
  unfreezeBy(account, OTHERS[disputed], now)

/** The earlier and the present address of each slot that a freeze at this time disputes. */
export async function disputedOf({ userId }: Account, frozenAt = SEEN) {
  const { slots } = await reviewSlots(db(), userId, frozenAt)
  return Object.fromEntries(
    slots
      .filter(({ isDisputed }) => isDisputed)
      .map(({ slot, earlier, present }) => [slot, [earlier, present].map(addressOf)]),
  )
}

const addressOf = (held: { address: AnyAddress } | undefined) => held?.address.value ?? null
