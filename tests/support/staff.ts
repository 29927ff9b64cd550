import { randomUUID } from 'node:crypto'
import { db, transaction } from '@/lib/platform/db'
import {
  beginAct,
  beginEnrolment,
  beginSignIn,
  completeAct,
  completeEnrolment,
  completeSignIn,
  findStaffSession,
  inviteFirstAdministrator,
  inviteStaff,
  type SignedInStaff,
  type StaffAct,
} from '@/lib/support'
import type { StaffRole } from '@/prisma/client/enums'
import { expectDone, NOW, newOrigin } from './accounts'
import { type Authenticator, newAuthenticator, type Oddity } from './authenticator'

/** Somebody on staff, with the authenticator that holds the passkey. */
export type StaffPerson = { staffId: string; authenticator: Authenticator }

/** Makes the passkey of an invitation. */
export async function enrol(
  token: string,
  { now = NOW, authenticator = newAuthenticator() } = {},
): Promise<Authenticator> {
  const { secret, options } = await expectDone(beginEnrolment(token, now))
  const credential = authenticator.create(options)
  await expectDone(completeEnrolment({ secret, credential, now }))
  return authenticator
}

/** One of the first two administrators, enrolled. */
export async function makeFirst(now = NOW): Promise<StaffPerson> {
  const name = `Administrator ${randomUUID()}`
  const { staffId, token } = await expectDone(inviteFirstAdministrator({ name, now }))
  return { staffId, authenticator: await enrol(token, { now }) }
}

/**
 * Somebody who is enrolled and confirmed, whoever invited: for tests about something else than the
 * invitation.
 */
export async function makeStaff(
  role: StaffRole,
  { now = NOW, authenticator = newAuthenticator() } = {},
): Promise<StaffPerson> {
  const by = { staffId: await anyInviter(), name: 'Pengundang', role: 'administrator' } as const
  const invited = await expectDone(
    transaction((tx) => inviteStaff(tx, { by, name: `Staf ${randomUUID()}`, role, now })),
  )
  await enrol(invited.token, { now, authenticator })
  await db().staff.update({ where: { id: invited.staffId }, data: { confirmedAt: now } })
  return { staffId: invited.staffId, authenticator }
}

/** An inviter who never enrolls, so that tests may count administrators. */
async function anyInviter(): Promise<string> {
  const found = await db().staff.findFirst({ where: { name: 'Pengundang' } })
  if (found) return found.id
  const row = {
    id: randomUUID(),
    name: 'Pengundang',
    role: 'administrator',
    createdAt: NOW,
  } as const
  return (await db().staff.create({ data: { ...row, disabledAt: NOW } })).id
}

/** The outcome of a sign-in with a passkey. */
export async function trySignIn(authenticator: Authenticator, now = NOW, odd: Oddity = {}) {
  const origin = newOrigin()
  const { secret, options } = await expectDone(beginSignIn(origin, now))
  return completeSignIn({ secret, credential: authenticator.get(options, odd), origin, now })
}

/** Signs somebody in. */
export async function signInStaff(
  { authenticator }: StaffPerson,
  now = NOW,
): Promise<SignedInStaff & { sessionSecret: string }> {
  const { sessionSecret } = await expectDone(trySignIn(authenticator, now))
  const staff = await findStaffSession(sessionSecret, now)
  if (!staff) throw new Error('the session is not live')
  return { ...staff, sessionSecret }
}

/** What a browser has signed for an act, to be given to `completeAct`. */
export async function signAct(
  { authenticator }: StaffPerson,
  staff: SignedInStaff,
  act: StaffAct,
  { now = NOW, odd = {} }: { now?: Date; odd?: Oddity } = {},
) {
  const { secret, options } = await beginAct(staff, act, now)
  return { staff, act, secret, credential: authenticator.get(options, odd), now }
}

/** Runs `work` with a fresh signature of somebody over an act. */
export async function act<Value, Word extends string>(
  person: StaffPerson,
  staff: SignedInStaff,
  signed: StaffAct & { others?: readonly string[] },
  work: Parameters<typeof completeAct<Value, Word>>[1],
) {
  const { others = [], ...own } = signed
  return completeAct({ ...(await signAct(person, staff, own)), others }, work)
}
