import * as z from 'zod/mini'
import { currentPassword } from '../../_forms/form-fields'

/** The form that asks for the password before a download. */
export const exportSchema = z.object({ currentPassword })
