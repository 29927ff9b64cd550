import * as z from 'zod/mini'
import { choiceOf, currentPassword, email, phone } from '../../_forms/form-fields'

const proof = choiceOf('primary_phone', 'recovery')

/** The first form of a change, by slot. */
export const changeSchemas = {
  primary: {
    email: z.object({ email, currentPassword, proof }),
    phone: z.object({ phone, currentPassword, proof }),
  },
  recovery: { email: z.object({ email, proof }), phone: z.object({ phone, proof }) },
} as const
