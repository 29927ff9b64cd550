import { type Answer, isUnauthorised } from '@/lib/platform/http-client'
import type { RefusedPart } from '@/prisma/client/enums'
import type { CredentialCheck, Outcome } from './provider'

export function welcomeBy({ status, isOk }: Answer): CredentialCheck {
  if (isOk) return 'welcome'
  return isUnauthorised(status) ? 'misconfigured' : 'unknown'
}

export function misconfigured(refuses: RefusedPart, reason: string): Outcome {
  return { kind: 'misconfigured', reason, refuses }
}

type Retry = { afterSeconds?: number | undefined; isOutage?: boolean; isThrottled?: boolean }

export function retry(
  reason: string,
  { afterSeconds, isOutage, isThrottled }: Retry = {},
): Outcome {
  return {
    kind: 'retry',
    reason,
    ...(afterSeconds !== undefined && { afterSeconds }),
    ...(isOutage && { isOutage }),
    ...(isThrottled && { isThrottled }),
  }
}

/** The remaining lifetime of a message in whole seconds, within the bounds of a provider. */
export function secondsLeft(expiresAt: Date, bounds: { least: number; most: number }): number {
  const seconds = Math.floor((expiresAt.getTime() - Date.now()) / 1_000)
  return Math.min(bounds.most, Math.max(bounds.least, seconds))
}
