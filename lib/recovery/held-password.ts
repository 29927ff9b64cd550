import { randomUUID } from 'node:crypto'
import { isReader, recordEvent } from '@/lib/activity'
import { type AnyAddress, type HeldAddress, isProof, isSameMailbox } from '@/lib/addresses'
import { openRecipients } from '@/lib/challenges'
import { hashSecret, newLinkToken } from '@/lib/platform/crypto'
import type { Tx } from '@/lib/platform/db'
import type { Origin } from '@/lib/platform/origin'
import { type AnyTx, columns, runIn, sendIn, statement } from '@/lib/platform/statement'
import { Prisma } from '@/prisma/client/client'
import type { HeldPasswordEnd } from '@/prisma/client/enums'
import type { ChallengeModel, HeldPasswordModel } from '@/prisma/client/models'

/** How long a new password waits for a veto: as long as operators are asked back about a swapped SIM. */
export const HOLD_MS = 72 * 60 * 60 * 1_000

/** The numbers that received the code of a reset. */
const numbersOf = (challenge: ChallengeModel): AnyAddress[] =>
  openRecipients(challenge).filter(({ kind }) => kind === 'phone')

const isAmong = (addresses: readonly AnyAddress[], { address }: HeldAddress) =>
  addresses.some((other) => isSameMailbox(other, address))

/** Whether an address that received the code of a challenge still proves the owner of its account. */
export const isStillProven = (challenge: ChallengeModel, held: readonly HeldAddress[]): boolean =>
  held.some((one) => isProof(one) && isAmong(openRecipients(challenge), one))

/** The addresses whose reader does not depend on the swapped SIM. */
export function listIndependent<Held extends HeldAddress>(
  held: readonly Held[],
  challenge: ChallengeModel,
): Held[] {
  const numbers = numbersOf(challenge)
  return held.filter((one) => !isAmong(numbers, one))
}

type Hold = {
  challenge: ChallengeModel & { userId: string }
  passwordHash: string
  /** Of the browser that set it. */
  secret: string
  held: readonly HeldAddress[]
  origin: Origin
  now: Date
}

/**
 * Stores a new password that takes effect after 72 hours, in the caller's transaction, which holds the
 * lock of the user and has spent the challenge of the reset. It replaces an earlier held password. The
 * event commits with it, and a notification to every address but the numbers that received the code,
 * each with a link that stops it. The numbers are told without a link.
 */
export async function holdPassword(tx: AnyTx, hold: Hold): Promise<void> {
  const { challenge, passwordHash, secret, held, origin, now } = hold
  const { id: challengeId, userId } = challenge
  const dueAt = new Date(now.getTime() + HOLD_MS)
  const [id, secretHash] = [randomUUID(), hashSecret(secret)]
  const row = { id, userId, challengeId, passwordHash, secretHash, heldAt: now, dueAt }
  const notify = listIndependent(held, challenge)
  const tell = held.filter((one) => !notify.includes(one))
  const links = new Map(notify.filter(isReader).map((one) => [one.id, newLinkToken()]))
  await endHeld(tx, userId, 'replaced', now)
  await runIn(tx, HOLD, [JSON.stringify(row), userId])
  const hashes = [...links.values()].map(hashSecret)
  await sendIn(tx, ADD_LINKS, [id, hashes, [...links.keys()], dueAt])
  const event = { userId, type: 'password_held', due: dueAt, vetoLinks: links } as const
  await recordEvent(tx, { ...event, origin, now, notify, tell })
}

const HELD = columns(Prisma.HeldPasswordScalarFieldEnum)

const HOLD = statement(
  'hold_password',
  `insert into "HeldPassword" (${HELD}) select ${HELD} from jsonb_populate_record(null::"HeldPassword",
    $1::jsonb || (select jsonb_build_object('passwordVersion', "passwordVersion") from "User" where id = $2::uuid))`,
)

const ADD_LINKS = statement(
  'add_hold_links',
  `insert into "HoldLink" ("tokenHash", "heldId", "addressId", "expiresAt")
  select link.hash, $1::uuid, link.address, $4::timestamptz
  from unnest($2::text[], $3::uuid[]) as link(hash, address)`,
)

/** Ends the held password of a user, if there is one, and erases its hash. */
export async function endHeld(
  tx: AnyTx,
  userId: string,
  by: HeldPasswordEnd,
  now: Date,
): Promise<void> {
  await sendIn(tx, END_HELD, [userId, now, by])
}

const END_HELD = statement(
  'end_held_password',
  `update "HeldPassword" set "endedAt" = $2::timestamptz, "endedBy" = $3::"HeldPasswordEnd", "passwordHash" = null
  where "userId" = $1::uuid and "endedAt" is null`,
)

/** A held password, with the challenge of its reset. */
export type Held = HeldPasswordModel & { challenge: ChallengeModel }

/** Ends one that still waits; false when something else has ended it. */
export async function endOne(tx: Tx, id: string, by: HeldPasswordEnd, now: Date): Promise<boolean> {
  const { count } = await tx.heldPassword.updateMany({
    where: { id, endedAt: null },
    data: { endedAt: now, endedBy: by, passwordHash: null },
  })
  return count === 1
}
