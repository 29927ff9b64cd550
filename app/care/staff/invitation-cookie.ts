import 'server-only'
import { cookies } from 'next/headers'
import { cookieName, cookieOptions } from '@/lib/platform/cookies'
import { open, seal } from '@/lib/platform/crypto'

/** Long enough to copy the link. Nothing else has it: the database has a hash of its token. */
const LIFETIME_SECONDS = 2 * 60

const CONTEXT = 'cookie.care-invitation'

const name = () => cookieName('care-invitation')

/** Keeps the token of a new invitation for the next page, which shows its link. */
export async function keepInvitation(token: string): Promise<void> {
  const options = { ...cookieOptions(), sameSite: 'strict', maxAge: LIFETIME_SECONDS } as const
  const jar = await cookies()
  jar.set(name(), seal(token, CONTEXT), options)
}

/** The token of the invitation that was just made in this browser; undefined after two minutes. */
export async function justInvited(): Promise<string | undefined> {
  const sealed = (await cookies()).get(name())?.value
  try {
    return sealed ? open(sealed, CONTEXT) : undefined
  } catch {
    // Altered, or sealed with a key that is no longer in use.
    return undefined
  }
}
