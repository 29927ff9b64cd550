import * as z from 'zod/mini'
import { email, newPassword, personName, phone } from '../_lib/shapes'

export const registerSchema = z.object({ name: personName, email, phone, password: newPassword })
