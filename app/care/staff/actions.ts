'use server'

import { redirect } from 'next/navigation'
import type { Begun } from '@/components/care/passkey'
import { confirmStaff, disableStaff, inviteStaff, type StaffAct } from '@/lib/support'
import { type FormState, refused, submit } from '../../_forms/form'
import { beginAsserted, completeAsserted } from '../_session/passkey'
import { requireStaffAction } from '../_session/staff'
import { keepInvitation } from './invitation-cookie'
import { inviteSchema, personSchema } from './schema'

const ADMINISTRATORS = ['administrator'] as const

type Invitation = { name: string; role: string }
type Person = { person: string }

const inviteAct = ({ name, role }: Invitation): StaffAct => ({ type: 'invite_staff', name, role })
const confirmAct = ({ person }: Person): StaffAct => ({ type: 'confirm_staff', person })
const disableAct = ({ person }: Person): StaffAct => ({ type: 'disable_staff', person })

/** Asks for a signature over the invitation. Refused at the fields: `name_*`, `choice_missing`. */
export async function askInvite(form: FormData): Promise<Begun> {
  const staff = await requireStaffAction(ADMINISTRATORS)
  return beginAsserted(staff, inviteSchema, form, inviteAct)
}

/**
 * Invites somebody, and leads to the page that shows the link. Refused above the form:
 * `passkey_refused`, `not_permitted`.
 */
export async function submitInvite(_: FormState, form: FormData): Promise<FormState> {
  const staff = await requireStaffAction(ADMINISTRATORS)
  return submit(inviteSchema, form, async (input) => {
    const act = { staff, act: inviteAct(input) }
    const outcome = await completeAsserted(form, act, (tx) =>
      inviteStaff(tx, { by: staff, ...input, now: new Date() }),
    )
    if (!outcome.ok) return refused(outcome)
    await keepInvitation(outcome.value.token)
    redirect('/care/staff/invited')
  })
}

/** Asks for a signature over the confirmation. */
export async function askConfirm(form: FormData): Promise<Begun> {
  const staff = await requireStaffAction(ADMINISTRATORS)
  return beginAsserted(staff, personSchema, form, confirmAct)
}

/**
 * Confirms somebody who has enrolled, and comes back to the list. Refused above the form:
 * `passkey_refused`, `not_permitted`, `own_invitation`, `not_waiting`.
 */
export async function submitConfirm(_: FormState, form: FormData): Promise<FormState> {
  const staff = await requireStaffAction(ADMINISTRATORS)
  return submit(personSchema, form, async (input) => {
    const act = { staff, act: confirmAct(input), others: [input.person] }
    const outcome = await completeAsserted(form, act, (tx) =>
      confirmStaff(tx, { by: staff, staffId: input.person, now: new Date() }),
    )
    if (!outcome.ok) return refused(outcome)
    redirect('/care/staff?done=confirmed')
  })
}

/** Asks for a signature over the end of somebody's access. */
export async function askDisable(form: FormData): Promise<Begun> {
  const staff = await requireStaffAction(ADMINISTRATORS)
  return beginAsserted(staff, personSchema, form, disableAct)
}

/**
 * Disables somebody, and comes back to the list. Refused above the form: `passkey_refused`,
 * `not_permitted`, `own_staff`, `last_administrator`, `not_enabled`.
 */
export async function submitDisable(_: FormState, form: FormData): Promise<FormState> {
  const staff = await requireStaffAction(ADMINISTRATORS)
  return submit(personSchema, form, async (input) => {
    const act = { staff, act: disableAct(input), others: [input.person] }
    const outcome = await completeAsserted(form, act, (tx) =>
      disableStaff(tx, { by: staff, staffId: input.person, now: new Date() }),
    )
    if (!outcome.ok) return refused(outcome)
    redirect('/care/staff?done=disabled')
  })
}
