import { type AnyAddress, findPrimary, lookupOf, parseIdentifier } from '@/lib/address'
import { keyedHash } from '@/lib/crypto'
import { db, NOBODY } from '@/lib/db'
import { takeLogin } from '@/lib/limits'
import type { Origin } from '@/lib/origin'
import { done, type Result, refuse } from '@/lib/result'
import { verifyPassword } from './password'
import { type OpenedSession, openSession } from './sessions'

export type Login = { identifier: string; password: string; origin: Origin; now: Date }

/**
 * Opens a session for whoever knows the identifier, in any notation, and the password. An unknown identifier costs the same
 * statements and an equal hash, and is refused in the same word (ASVS 6.3.8).
 */
export async function logIn({
  identifier,
  password,
  origin,
  now,
}: Login): Promise<Result<OpenedSession, 'login_wrong' | 'login_throttled'>> {
  const parsed = parseIdentifier(identifier)
  const address = parsed.ok ? parsed.value : undefined
  const throttled = await takeLogin(address ? lookupOf(address) : keyedHash(identifier, 'login.malformed'), origin.ip)
  if (throttled) return throttled
  const user = await findOwner(address)
  if (!(await verifyPassword(user?.passwordHash, password)) || !user) return refuse('login_wrong')
  return done(await openSession(db(), user.id, user.passwordVersion, origin, now))
}

async function findOwner(address: AnyAddress | undefined) {
  const held = address && (await findPrimary(db(), address))
  return db().user.findUnique({ where: { id: held?.userId ?? NOBODY } })
}
