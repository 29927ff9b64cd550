import { deleteLinksTo, recordEvent } from '@/lib/activity'
import {
  type AnyAddress,
  findPrimary,
  type HeldAddress,
  listAddresses,
  listUnconfirmedPrimaries,
  withdrawAddress,
} from '@/lib/addresses'
import { openRecipients } from '@/lib/challenges'
import { lockUser, lockUsers, type Tx } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import type { ChallengeModel } from '@/prisma/client/models'

/** Who confirmed the e-mail is no business of the account that loses it. */
const UNDISCLOSED: Origin = { ip: 'another-account', userAgent: '' }

/**
 * Locks the account of a challenge and every account that holds its recipient unconfirmed, in one
 * order: several of them may confirm the e-mail at the same time.
 */
export async function lockClaimants(tx: Tx, challenge: ChallengeModel): Promise<void> {
  const [email] = openRecipients(challenge)
  const held = email ? await listUnconfirmedPrimaries(tx, email) : []
  const userIds = [challenge.userId, ...held.map(({ userId }) => userId)]
  await lockUsers(
    tx,
    userIds.flatMap((userId) => userId ?? []),
  )
}

/**
 * Takes an e-mail from every other account that holds it unconfirmed, before `userId` gets it
 * confirmed in the same transaction. Such an account keeps everything else; the event and a
 * notification to each of its other usable addresses commit with it. Freeze links that were sent to
 * the e-mail end: their reader is somebody else.
 */
export async function takeFromOthers(
  tx: Tx,
  userId: string,
  email: AnyAddress,
  now: Date,
): Promise<void> {
  for (const held of await listUnconfirmedPrimaries(tx, email))
    if (held.userId !== userId) await lose(tx, held, now)
}

/** Whether another account has confirmed this e-mail. */
export async function isConfirmedElsewhere(tx: Tx, userId: string, email: AnyAddress) {
  const holder = await findPrimary(tx, email)
  return holder !== null && holder.userId !== userId && holder.confirmedAt !== null
}

async function lose(tx: Tx, { id, userId, address }: HeldAddress, now: Date) {
  await lockUser(tx, userId)
  if (!(await withdrawAddress(tx, id, now))) return
  await deleteLinksTo(tx, id)
  await recordEvent(tx, {
    userId,
    type: 'email_lost',
    origin: UNDISCLOSED,
    now,
    notify: await listAddresses(tx, userId),
    about: address,
  })
}
