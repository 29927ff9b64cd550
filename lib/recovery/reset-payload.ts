import { openPayload } from '@/lib/challenges'
import type { ChallengeModel } from '@/prisma/client/models'

/** The choices. Everyone is offered all, whatever the account has. */
const CHOICES = ['primary_phone', 'recovery', 'saved_code'] as const
export type ResetChoice = (typeof CHOICES)[number]

/** The choice and the typed identifier. A payload of an earlier version is the identifier alone. */
export const writePayload = (choice: ResetChoice, typed: string) => `${choice} ${typed}`

export function readPayload(challenge: ChallengeModel) {
  const payload = openPayload(challenge)
  const choice = CHOICES.find((one) => payload.startsWith(`${one} `))
  return { choice, identifier: choice ? payload.slice(choice.length + 1) : payload }
}
