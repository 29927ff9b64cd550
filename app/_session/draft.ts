import 'server-only'
import { cookies } from 'next/headers'
import { findSessionOwner } from '@/lib/accounts'
import { cookieName, cookieOptions } from '@/lib/platform/cookies'
import { open, seal } from '@/lib/platform/crypto'
import { SECRET_FIELDS } from '@/lib/platform/secret-fields'
import { readSessionSecret } from './auth'

const LIFETIME_SECONDS = 15 * 60

const CONTEXT = 'cookie.draft'

/** A cookie has room for about 4 000 characters. */
const VALUE_MAX_CHARACTERS = 300

const NAME = 'draft'

/** What was typed in a form, by the names of its fields. */
type Values = Record<string, string>

type Draft = { userId: string; path: string; values: Values }

/**
 * Keeps what was typed, except passwords and codes, when the session of its customer has ended
 * meanwhile. Keeps nothing when this browser has no session, ended or not.
 */
export async function keepDraft(path: string, form: FormData): Promise<void> {
  const secret = await readSessionSecret()
  const userId = secret && (await findSessionOwner(secret))
  if (!userId) return
  const draft = { userId, path, values: valuesOf(form) } satisfies Draft
  const options = { ...cookieOptions(), sameSite: 'strict', maxAge: LIFETIME_SECONDS } as const
  const jar = await cookies()
  jar.set(cookieName(NAME), seal(JSON.stringify(draft), CONTEXT), options)
}

/** What a customer typed in the form of a page before the session ended. */
export async function draftOf(userId: string, path: string): Promise<Values> {
  const draft = await readDraft()
  return draft?.userId === userId && draft.path === path ? draft.values : {}
}

/** Whether this browser has kept what was typed before a session ended. */
export const hasDraft = async (): Promise<boolean> => (await readDraft()) !== undefined

async function readDraft(): Promise<Draft | undefined> {
  const jar = await cookies()
  const sealed = jar.get(cookieName(NAME))?.value
  try {
    return sealed ? JSON.parse(open(sealed, CONTEXT)) : undefined
  } catch {
    // Altered, or sealed with a key that is no longer in use.
    return undefined
  }
}

function valuesOf(form: FormData): Values {
  const kept = [...form].flatMap(([name, value]) =>
    typeof value === 'string' &&
    value.length <= VALUE_MAX_CHARACTERS &&
    !name.startsWith('$ACTION') &&
    !SECRET_FIELDS.includes(name)
      ? [[name, value] as const]
      : [],
  )
  return Object.fromEntries(kept)
}
