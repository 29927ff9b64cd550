import * as z from 'zod/mini'
import { currentPassword } from '../../_forms/form-fields'

/** The form that asks for the password before the addresses are shown in full. */
export const passwordProofSchema = z.object({ currentPassword })
