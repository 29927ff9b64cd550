'use server'

import { refresh } from 'next/cache'
import { redirect } from 'next/navigation'
import { lookUp } from '@/lib/support'
import { type FormState, submit } from '../../_forms/form'
import { careRefused } from '../_forms/refused'
import { lookUpSchema } from '../_forms/schemas'
import { requireStaffAction } from '../_session/staff'
import { HANDLERS } from '../handlers'
import { casePath } from './case-path'

/** The field of each refusal; any other is shown above the form. */
const FIELDS: Record<string, string> = {
  query_partial: 'query',
  not_found: 'query',
  several: 'query',
  reason_malformed: 'reason',
}

/**
 * Finds an account and leads to its case. Refused at the fields: `query_*` (missing, partial),
 * `not_found`, `several`, `reason_malformed`. Refused above the form: `look_ups_used_up`,
 * `not_permitted`.
 */
export async function submitLookUp(_: FormState, form: FormData): Promise<FormState> {
  const staff = await requireStaffAction(HANDLERS)
  return submit(lookUpSchema, form, async (input) => {
    const outcome = await lookUp(staff, input, new Date())
    if (!outcome.ok) {
      // It may have counted, and the page says how many are left.
      refresh()
      return careRefused(outcome, FIELDS[outcome.refusal])
    }
    redirect(casePath(outcome.value.number))
  })
}
