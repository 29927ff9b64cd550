import * as z from 'zod/mini'
import { email, newPassword, personName, phone } from '../_forms/form-fields'

export const registerSchema = z.object({ name: personName, email, phone, password: newPassword })
