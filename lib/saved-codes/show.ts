import * as z from 'zod'
import { open, seal } from '@/lib/platform/crypto'
import { db } from '@/lib/platform/db'
import { formatSavedCode } from '@/lib/platform/saved-code-text'
import { onPool } from '@/lib/platform/sql'
import { type MadeCode, markShown } from './store'

/** How long a code that was made may be shown. */
export const SHOWABLE_SECONDS = 15 * 60

const CONTEXT = 'saved.code.to.show'

const stored = z.object({ id: z.uuid(), code: z.string() })

/** Encrypts a code for the browser that made it, which brings it back to see it. */
export const sealMade = ({ id, code }: MadeCode): string =>
  seal(JSON.stringify({ id, code }), CONTEXT)

/**
 * Opens what `sealMade` encrypted, and returns the code as it is printed; once, and within 15 minutes.
 * Undefined when it was shown before, is no longer live, or the value was altered.
 */
export async function showOnce(sealed: string, now: Date): Promise<string | undefined> {
  const made = openMade(sealed)
  if (!made) return undefined
  const since = new Date(now.getTime() - SHOWABLE_SECONDS * 1_000)
  const isFirst = await markShown(onPool, { id: made.id, since, now })
  return isFirst ? formatSavedCode(made.code) : undefined
}

/** Whether `showOnce` would show a code. */
export async function isShowable(sealed: string, now: Date): Promise<boolean> {
  const made = openMade(sealed)
  if (!made) return false
  const createdAt = { gt: new Date(now.getTime() - SHOWABLE_SECONDS * 1_000) }
  const where = { id: made.id, shownAt: null, usedAt: null, endedAt: null, createdAt }
  return (await db().savedCode.count({ where })) === 1
}

function openMade(sealed: string): MadeCode | undefined {
  try {
    return stored.parse(JSON.parse(open(sealed, CONTEXT)))
  } catch {
    // Altered, or sealed with a key that is no longer in use.
    return undefined
  }
}
