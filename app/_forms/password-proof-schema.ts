import * as z from 'zod/mini'
import { currentPassword } from './form-fields'

/** A form whose only field is the password of the signed-in customer. */
export const passwordProofSchema = z.object({ currentPassword })
