import { log } from '@/lib/platform/log'
import { type Claimed, claim, giveBack, type Wanted } from './claims'
import type { Liveness } from './liveness'

/** One worker of the table `MessageWorker`, and how many of its messages are in hand. */
type Identity = { workerId: string; inHand: number; isDoubtful: boolean }

export type Claimer = {
  /** Claims messages that are due. Rejects when the database fails. */
  claim(wanted: readonly Wanted[], now: Date): Promise<Claimed[]>
  /** Records that a claimed message is settled, or put back. */
  done(message: Claimed): Promise<void>
  /**
   * Records that it is unknown whether a message was settled or put back. It is given back with all
   * others of the same worker when none of them is in hand any more.
   */
  doubt(message: Claimed): Promise<void>
  close(): Promise<void>
}

/**
 * Claims messages for this process, as one worker of the table `MessageWorker`. When a statement
 * fails, it is unknown what the database has done: messages may be claimed that this process does not
 * know of. Then it goes on as another worker, and ends the former one when nothing of it is in hand.
 * The watch for dead workers gives back what is left.
 */
export function createClaimer(liveness: Liveness): Claimer {
  const identities = new Map<string, Identity>()
  let present: Identity | undefined

  const begin = async () => {
    const identity = { workerId: await liveness.begin(), inHand: 0, isDoubtful: false }
    identities.set(identity.workerId, identity)
    return identity
  }
  const endIfEmpty = async (identity: Identity) => {
    if (!identity.isDoubtful || identity.inHand > 0) return
    identities.delete(identity.workerId)
    await liveness.end(identity.workerId)
  }
  const replace = (identity: Identity) => {
    identity.isDoubtful = true
    if (present === identity) present = undefined
    return endIfEmpty(identity)
  }
  const drop = async ({ claimedBy }: Claimed, isDoubtful: boolean) => {
    const identity = identities.get(claimedBy ?? '')
    if (!identity) return
    identity.inHand -= 1
    await (isDoubtful ? replace(identity) : endIfEmpty(identity))
  }
  return {
    async claim(wanted, now) {
      const identity = present ?? (await begin())
      present = identity
      try {
        const claimed = await claim(wanted, identity.workerId, now)
        identity.inHand += claimed.length
        return claimed
      } catch (error) {
        await replace(identity).catch(noteFailure)
        throw error
      }
    },
    done: (message) => drop(message, false).catch(noteFailure),
    doubt: (message) => drop(message, true).catch(noteFailure),
    async close() {
      await giveBack([...identities.keys()])
    },
  }
}

/** The lock is released when the connection is opened again, without this worker. */
function noteFailure(error: unknown) {
  log.warn({
    event: 'worker_unlock_failed',
    reason: error instanceof Error ? error.name : 'unknown',
  })
}
