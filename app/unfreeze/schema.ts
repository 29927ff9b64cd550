import * as z from 'zod/mini'
import { choiceOf, newPassword } from '../_forms/form-fields'

export const slotSchema = z.object({
  slot: choiceOf(
    'primary_phone',
    'primary_email',
    'recovery_phone',
    'recovery_email',
    'saved_code',
  ),
})

const decision = choiceOf('keep', 'undo')

/** A decision for each disputed slot, and the new password. */
export const reviewSchema = (slots: readonly string[]) =>
  z.extend(z.object({ newPassword }), Object.fromEntries(slots.map((slot) => [slot, decision])))
