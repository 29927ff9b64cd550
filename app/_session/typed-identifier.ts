import 'server-only'
import { cookies } from 'next/headers'
import { cookieName, cookieOptions } from '@/lib/platform/cookies'
import { open, seal } from '@/lib/platform/crypto'

/** As long as the challenge of a reset: its last page leads to the login. */
const LIFETIME_SECONDS = 45 * 60

/** Longer than any address. A cookie has room for about 4 000 characters. */
const MAX_CHARACTERS = 300

const CONTEXT = 'cookie.identifier'

const name = () => cookieName('identifier')

/**
 * Keeps the identifier that was typed in this browser, for the next form that asks for it. It is
 * encrypted, because it is personal data. One above 300 characters is not kept. The cookie is the same for known and unknown accounts.
 */
export async function keepIdentifier(typed: string): Promise<void> {
  if (typed.length > MAX_CHARACTERS || (await typedIdentifier()) === typed) return
  const jar = await cookies()
  const options = { ...cookieOptions(), sameSite: 'strict', maxAge: LIFETIME_SECONDS } as const
  jar.set(name(), seal(typed, CONTEXT), options)
}

/** The identifier that was last typed in this browser; empty when there is none. */
export async function typedIdentifier(): Promise<string> {
  const jar = await cookies()
  const sealed = jar.get(name())?.value
  try {
    return sealed ? open(sealed, CONTEXT) : ''
  } catch {
    // Altered, or sealed with a key that is no longer in use.
    return ''
  }
}

/** Removes the identifier, because a customer has logged in. */
export async function dropIdentifier(): Promise<void> {
  const jar = await cookies()
  if (jar.has(name())) jar.delete({ ...cookieOptions(), name: name() })
}
