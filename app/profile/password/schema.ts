import * as z from 'zod/mini'
import { currentPassword, newPassword } from '../../_forms/form-fields'

export const passwordSchema = z.object({ currentPassword, newPassword })
