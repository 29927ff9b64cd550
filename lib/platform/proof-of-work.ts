import { randomInt, randomUUID } from 'node:crypto'
import { createChallenge, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import * as z from 'zod'
import { keyedHashes, open, seal } from './crypto'
import { isTaken, takeOnce } from './limit-uses'
import type { ProofRequest } from './result'

/** Iterations of PBKDF2 for one trial: about a third of a millisecond on a desktop. */
const ITERATIONS = 1_000
/** Trials, on average, of a proof of effort 1. */
const TRIALS = 250
const FIRST_WAIT_SECONDS = 10
const LONGEST_WAIT_SECONDS = 300
/** A ticket is accepted until so long after its wait. */
const TICKET_LIFETIME_SECONDS = 15 * 60

const TICKET = 'proof.ticket'

/** The secret that signs a proof of work, under each key of the ring, the current one first. */
function signingSecrets() {
  const ofKeys = keyedHashes('key', 'proof.signature')
  return keyedHashes('challenge', 'proof.signature').map((hmacSignatureSecret, nth) => ({
    hmacSignatureSecret,
    hmacKeySignatureSecret: ofKeys[nth] ?? '',
  }))
}

/**
 * What a proof is for: it is worth nothing for another purpose or another identifier. `formerKeys`:
 * the identifier's hashes under the other live keys.
 */
export type ProofSubject = { purpose: string; key: string; formerKeys?: readonly string[] }

/** What a form brings back: the ticket, and the solution if the browser has computed one. */
export type GivenProof = { ticket: string; solution?: string | undefined }

const ticketShape = z.object({
  id: z.uuid(),
  purpose: z.string(),
  key: z.string(),
  effort: z.number(),
  waitSeconds: z.number(),
  issuedAt: z.number(),
})

type Ticket = z.output<typeof ticketShape>

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
 * without JavaScript, a wait. Both grow with the effort. A ticket that somebody brings too early
 * stays the same: its wait goes on.
 */
export async function requestProof(
  subject: ProofSubject,
  effort: number,
  now: Date,
  brought?: GivenProof,
): Promise<ProofRequest> {
  const held = brought && readTicketFor(subject, brought.ticket, now)
  const isHeld = held && held.effort >= effort / 2 && !(await isTaken(held.id))
  const ticket = isHeld ? held : newTicket(subject, effort, now)
  const waitSeconds = Math.max(1, Math.ceil(ticket.waitSeconds - ageOf(ticket, now)))
  return {
    ticket: seal(JSON.stringify(ticket), TICKET),
    challenge: await pose(ticket),
    waitSeconds,
  }
}

function newTicket({ purpose, key }: ProofSubject, effort: number, now: Date): Ticket {
  const waitSeconds = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * effort)
  return { id: randomUUID(), purpose, key, effort, waitSeconds, issuedAt: now.getTime() }
}

function pose({ id, effort }: Ticket) {
  return createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost: ITERATIONS,
    counter: randomInt(1, 2 * TRIALS * effort + 1),
    deriveKey,
    data: { ticket: id },
    ...signingSecrets()[0],
  })
}

/**
 * Whether a proof holds for this subject and has at least this effort: its computation is right, or
 * its wait is over. Each ticket holds once. Waits of one subject hold one after the other, however
 * many tickets somebody collects at the same time.
 */
export async function acceptProof(
  { ticket, solution }: GivenProof,
  subject: ProofSubject,
  atLeast: number,
  now: Date,
): Promise<boolean> {
  const read = readTicketFor(subject, ticket, now)
  if (!read || read.effort < atLeast) return false
  const isSolved = solution !== undefined && (await isSolution(solution, read.id))
  if (!isSolved && ageOf(read, now) < read.waitSeconds) return false
  // A used ticket must not take the turn of another one, and one that must wait is not used.
  if (await isTaken(read.id)) return false
  const turn = `${subject.purpose}:${subject.key}`
  if (!isSolved && !(await takeOnce(turn, read.waitSeconds))) return false
  return takeOnce(read.id, LONGEST_WAIT_SECONDS + TICKET_LIFETIME_SECONDS)
}

const ageOf = ({ issuedAt }: Ticket, now: Date) => (now.getTime() - issuedAt) / 1_000

async function isSolution(text: string, ticketId: string) {
  const parsed = solutionShape.safeParse(parseJson(text))
  if (!parsed.success || parsed.data.challenge.parameters.data.ticket !== ticketId) return false
  const { challenge, solution } = parsed.data
  for (const secrets of signingSecrets()) {
    const { verified } = await verifySolution({ challenge, solution, deriveKey, ...secrets })
    if (verified) return true
  }
  return false
}

/** The ticket, if it is one for this subject and has not expired. */
function readTicketFor({ purpose, key, formerKeys = [] }: ProofSubject, text: string, now: Date) {
  const ticket = readTicket(text)
  if (ticket?.purpose !== purpose || ![key, ...formerKeys].includes(ticket.key)) return undefined
  const age = ageOf(ticket, now)
  return age < 0 || age > ticket.waitSeconds + TICKET_LIFETIME_SECONDS ? undefined : ticket
}

function readTicket(text: string): Ticket | undefined {
  try {
    return ticketShape.parse(JSON.parse(open(text, TICKET)))
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
