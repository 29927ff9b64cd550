import { randomInt, randomUUID } from 'node:crypto'
import { createChallenge, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { z } from 'zod'
import { keyedHash, open, seal } from './crypto'
import { isTaken, takeOnce } from './rate-limits'
import type { ProofRequest } from './result'

/** Iterations of PBKDF2 for one trial: about a third of a millisecond on a desktop. */
const ITERATIONS = 1_000
/** Trials, on average, of a proof of effort 1. */
const TRIALS = 150
const FIRST_WAIT_SECONDS = 10
const LONGEST_WAIT_SECONDS = 300
/** A ticket is accepted until so long after its wait. */
const TICKET_LIFETIME_SECONDS = 15 * 60

const TICKET = 'proof.ticket'
const signing = () => keyedHash('challenge', 'proof.signature')
const keySigning = () => keyedHash('key', 'proof.signature')

/** What a proof is for: it is worth nothing for another purpose or another identifier. */
export type ProofSubject = { purpose: string; key: string }

/** What a form brings back: the ticket, and the solution if the browser has computed one. */
export type GivenProof = { ticket: string; solution?: string | undefined }

const ticketShape = z.object({
  id: z.uuid(),
  purpose: z.string(),
  key: z.string(),
  waitSeconds: z.number(),
  issuedAt: z.number(),
})

const solutionShape = z.object({
  challenge: z.object({
    parameters: z.looseObject({
      algorithm: z.string(),
      nonce: z.string(),
      salt: z.string(),
      cost: z.number(),
      keyLength: z.number(),
      keyPrefix: z.string(),
      data: z.object({ ticket: z.string() }),
    }),
    signature: z.string(),
  }),
  solution: z.object({ counter: z.number(), derivedKey: z.string() }),
})

/**
 * Asks for a proof of this effort (1 or more): a computation that the browser does by itself, or,
 * without JavaScript, a wait. Both grow with the effort.
 */
export async function requestProof(
  { purpose, key }: ProofSubject,
  effort: number,
  now: Date,
): Promise<ProofRequest> {
  const id = randomUUID()
  const waitSeconds = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * effort)
  const challenge = await createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: ITERATIONS,
    counter: randomInt(1, 2 * TRIALS * effort + 1),
    deriveKey,
    data: { ticket: id },
    hmacSignatureSecret: signing(),
    hmacKeySignatureSecret: keySigning(),
  })
  const ticket = { id, purpose, key, waitSeconds, issuedAt: now.getTime() }
  return { ticket: seal(JSON.stringify(ticket), TICKET), challenge, waitSeconds }
}

/**
 * Whether a proof holds for this subject: its computation is right, or its wait is over. Each
 * ticket holds once. Waits of one subject hold one after the other, however many tickets somebody
 * collects at the same time.
 */
export async function acceptProof(
  { ticket, solution }: GivenProof,
  { purpose, key }: ProofSubject,
  now: Date,
): Promise<boolean> {
  const read = readTicket(ticket)
  if (!read || read.purpose !== purpose || read.key !== key) return false
  const ageSeconds = (now.getTime() - read.issuedAt) / 1_000
  if (ageSeconds < 0 || ageSeconds > read.waitSeconds + TICKET_LIFETIME_SECONDS) return false
  const isSolved = solution !== undefined && (await isSolution(solution, read.id))
  if (!isSolved && ageSeconds < read.waitSeconds) return false
  // A used ticket must not take the turn of another one, and one that must wait is not used.
  if (await isTaken(read.id)) return false
  if (!isSolved && !(await takeOnce(`${purpose}:${key}`, read.waitSeconds))) return false
  return takeOnce(read.id, LONGEST_WAIT_SECONDS + TICKET_LIFETIME_SECONDS)
}

async function isSolution(text: string, ticketId: string) {
  const parsed = solutionShape.safeParse(parseJson(text))
  if (!parsed.success || parsed.data.challenge.parameters.data.ticket !== ticketId) return false
  const { verified } = await verifySolution({
    challenge: parsed.data.challenge,
    solution: parsed.data.solution,
    deriveKey,
    hmacSignatureSecret: signing(),
    hmacKeySignatureSecret: keySigning(),
  })
  return verified
}

function readTicket(ticket: string) {
  try {
    return ticketShape.parse(JSON.parse(open(ticket, TICKET)))
  } catch {
    return undefined
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
