import 'server-only'
import { redirect } from 'next/navigation'
import { cache } from 'react'
import { beginAction, currentResponse } from '@/lib/platform/response'
import { logSecurity } from '@/lib/platform/security-log'
import {
  endStaffSession,
  findStaffSession,
  type OpenedStaffSession,
  type SignedInStaff,
} from '@/lib/support'
import type { StaffRole } from '@/prisma/client/enums'
import { requireCareHost } from './host'
import { dropStaffSecret, keepStaffSecret, readStaffSecret } from './staff-cookie'

/**
 * The sessions of requests, by their responses: an action and the page that it answers with share
 * one.
 */
const found = new WeakMap<object, Promise<SignedInStaff | null>>()

/** Who is signed in to the console in this browser, or null. One statement for each request. */
export const currentStaff = cache((): Promise<SignedInStaff | null> => {
  const response = currentResponse()
  const staff = (response && found.get(response)) ?? readStaff()
  if (response) found.set(response, staff)
  return staff
})

async function readStaff() {
  const secret = await readStaffSecret()
  return secret ? findStaffSession(secret, new Date()) : null
}

function forgetStaff() {
  const response = currentResponse()
  if (response) found.delete(response)
}

/**
 * Who reads a page of the console, one of `roles`. At another host it answers 404; without a
 * session it leads to the sign-in, and another role to the first page of the console.
 */
export async function requireStaff(roles: readonly StaffRole[]): Promise<SignedInStaff> {
  await requireCareHost()
  const staff = (await currentStaff()) ?? redirect('/care/sign-in')
  if (roles.includes(staff.role)) return staff
  logSecurity('authz_fail', { userId: null, staffId: staff.staffId, subject: 'care' })
  redirect('/care')
}

/**
 * Who calls a server action of the console, one of `roles`: as `requireStaff`, and the action has
 * then accepted its call. Every action of the console calls it first, because Next runs it for
 * whoever knows its id.
 */
export async function requireStaffAction(roles: readonly StaffRole[]): Promise<SignedInStaff> {
  beginAction()
  return requireStaff(roles)
}

/** Keeps an opened session in this browser. */
export async function keepStaffSession(opened: OpenedStaffSession): Promise<void> {
  await keepStaffSecret(opened)
  forgetStaff()
}

/** Ends the session of this browser, and removes its cookie. */
export async function dropStaffSession(): Promise<void> {
  const staff = await currentStaff()
  if (staff) await endStaffSession(staff, new Date())
  await dropStaffSecret()
  forgetStaff()
}
