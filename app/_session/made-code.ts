import 'server-only'
import { cookies } from 'next/headers'
import { cookieName, cookieOptions } from '@/lib/platform/cookies'
import { type MadeCode, SHOWABLE_SECONDS, sealMade } from '@/lib/saved-codes'

const name = () => cookieName('saved-code')

/** Keeps a saved code, encrypted, in the browser that made it, until its owner wants to see it. */
export async function keepMade(made: MadeCode): Promise<void> {
  const options = { ...cookieOptions(), sameSite: 'strict', maxAge: SHOWABLE_SECONDS } as const
  const jar = await cookies()
  jar.set(name(), sealMade(made), options)
}

/** What `keepMade` kept; empty when there is none. */
export async function madeCode(): Promise<string> {
  const jar = await cookies()
  return jar.get(name())?.value ?? ''
}

/** Removes what `keepMade` kept, so that a later page does not speak of it. */
export async function dropMade(): Promise<void> {
  const jar = await cookies()
  if (jar.has(name())) jar.delete({ ...cookieOptions(), name: name() })
}
