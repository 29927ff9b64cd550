import { readContent, SEALED_BODY } from '@/lib/messaging/content/content'
import { open } from '@/lib/platform/crypto'
import { db } from '@/lib/platform/db'
import { closeRestore, type LostChanges } from '@/lib/restored'
import { later, MINUTE } from '../support/accounts'

/** The backup is of NOW, and the command is run a minute later, unless a test says otherwise. */
export const RUN = later(MINUTE)

let used = 0

/** Each test restores another backup: a restore is closed once. */
export async function close({ lost, takenAt = later(-used++ / 1_000), now = RUN }: Given = {}) {
  const told: Record<string, number> = {}
  const tell = (word: string, rows: number) => {
    told[word] = rows
  }
  return { outcome: await closeRestore({ takenAt, now, lost, tell }), told }
}

type Given = { lost?: LostChanges; takenAt?: Date; now?: Date }

export const failuresOf = async (account: string) =>
  Object.fromEntries(
    (await db().failureCount.findMany({ where: { account } })).map(({ path, scope, failures }) => [
      `${path} ${scope}`,
      failures,
    ]),
  )

/** What the messages say that wait to be sent to an account. */
export const unsentOf = async ({ userId }: { userId: string }) =>
  (await db().message.findMany({ where: { event: { userId }, sentAt: null, failedAt: null } })).map(
    ({ sealedBody }) => readContent(open(sealedBody ?? '', SEALED_BODY)),
  )
