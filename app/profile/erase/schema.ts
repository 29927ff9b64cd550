import * as z from 'zod/mini'
import { choiceOf, currentPassword } from '../../_forms/form-fields'

/** The password, and where the code goes. */
export const eraseSchema = z.object({
  currentPassword,
  proof: choiceOf('primary_phone', 'recovery'),
})
